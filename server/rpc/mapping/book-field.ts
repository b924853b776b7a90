import { BookField } from "#proto/bookfinder/v1/search_pb.ts";
import type * as domain from "#server/catalog/catalog.ts";

/** The schema's value for each field of a book. */
export const bookFields: Record<domain.BookField, BookField> = {
  title: BookField.TITLE,
  otherTitle: BookField.OTHER_TITLE,
  author: BookField.AUTHOR,
  series: BookField.SERIES,
  subject: BookField.SUBJECT,
  topic: BookField.TOPIC,
  description: BookField.DESCRIPTION,
  publisher: BookField.PUBLISHER,
  identifier: BookField.IDENTIFIER,
  language: BookField.LANGUAGE,
  year: BookField.YEAR,
};
