import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type BookSchema,
  Demotion,
  PublicationDate_Precision,
  type PublicationDateSchema,
} from "#proto/bookfinder/v1/book_pb.ts";
import type {
  DatePrecision,
  Demotion as DomainDemotion,
  PublicationDate,
  Work,
} from "#server/catalog/records.ts";
import { creditedOnce } from "#server/catalog/text/same-name.ts";
import { etagOf } from "#server/edits/etag.ts";
import { authorName, bookName } from "./names.ts";

/** The schema's limit of `Book.other_titles`. */
const OTHER_TITLES_MAX = 50;

/** A work as the API's Book. */
export function toBook(work: Work): MessageInitShape<typeof BookSchema> {
  return {
    name: bookName(work.key),
    title: work.title,
    subtitle: work.subtitle,
    authors: creditedOnce(work.authors).map(({ key, name }) => ({
      author: key === "" ? "" : authorName(key),
      displayName: name,
    })),
    description: work.description,
    firstPublished: toPublicationDate(work.firstPublished),
    languages: work.languages,
    originalLanguage: work.originalLanguage,
    subjects: work.subjects,
    people: work.people,
    places: work.places,
    times: work.times,
    series: work.series,
    otherTitles: work.otherTitles.slice(0, OTHER_TITLES_MAX),
    editionCount: work.editionCount,
    rating: work.rating.count === 0 ? undefined : work.rating,
    readerCount: work.readerCount,
    coverId: BigInt(work.coverId),
    isbn13: work.isbn13,
    demotion: demotions[work.demotion],
  };
}

/** A work as the API's Book, with the tag that a change of it must bring. */
export function toBookWithEtag(work: Work): MessageInitShape<typeof BookSchema> {
  return { ...toBook(work), etag: etagOf(work) };
}

/** A date; undefined if nothing is known of it. */
export function toPublicationDate(
  date: PublicationDate,
): MessageInitShape<typeof PublicationDateSchema> | undefined {
  if (date.precision === "unknown" && date.text === "") {
    return undefined;
  }
  return { year: date.year, precision: precisions[date.precision], text: date.text };
}

const precisions: Record<DatePrecision, PublicationDate_Precision> = {
  unknown: PublicationDate_Precision.UNSPECIFIED,
  year: PublicationDate_Precision.YEAR,
  circa: PublicationDate_Precision.CIRCA,
  decade: PublicationDate_Precision.DECADE,
  century: PublicationDate_Precision.CENTURY,
};

const demotions: Record<DomainDemotion, Demotion> = {
  none: Demotion.UNSPECIFIED,
  reprint: Demotion.REPRINT,
  summary: Demotion.SUMMARY,
  notebook: Demotion.NOTEBOOK,
};
