import type { MessageInitShape } from "@bufbuild/protobuf";
import type { AuthorSchema } from "#proto/bookfinder/v1/author_pb.ts";
import type { Author } from "#server/catalog/records.ts";
import { authorName } from "./names.ts";

/** An author's record as the API's Author. */
export function toAuthor(
  author: Author & { workCount: number },
): MessageInitShape<typeof AuthorSchema> {
  return {
    name: authorName(author.key),
    displayName: author.name,
    alternateNames: author.alternateNames,
    birthDate: author.birthDate,
    deathDate: author.deathDate,
    biography: author.biography,
    bookCount: author.workCount,
  };
}
