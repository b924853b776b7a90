import type { MessageInitShape } from "@bufbuild/protobuf";
import type { EditionSchema } from "#proto/bookfinder/v1/edition_pb.ts";
import type { Edition } from "#server/catalog/records.ts";
import { etagOf } from "#server/edits/etag.ts";
import { toPublicationDate } from "./book.ts";
import { editionName } from "./names.ts";

/** An edition of the work with that key as the API's Edition. */
export function toEdition(
  workKey: string,
  edition: Edition,
): MessageInitShape<typeof EditionSchema> {
  return {
    name: editionName(workKey, edition.key),
    title: edition.title,
    subtitle: edition.subtitle,
    languages: edition.languages,
    publishers: edition.publishers,
    published: toPublicationDate(edition.published),
    pageCount: edition.pageCount,
    isbn13: edition.isbn13,
    isbn10: edition.isbn10,
    lccn: edition.lccn,
    oclc: edition.oclc,
    series: edition.series,
    physicalFormat: edition.physicalFormat,
    byStatement: edition.byStatement,
    editionStatement: edition.editionStatement,
    coverId: BigInt(edition.coverId),
  };
}

/** An edition as the API's Edition, with the tag that a change of it must bring. */
export function toEditionWithEtag(
  workKey: string,
  edition: Edition,
): MessageInitShape<typeof EditionSchema> {
  return { ...toEdition(workKey, edition), etag: etagOf(edition) };
}
