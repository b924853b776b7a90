import {
  create,
  type DescMessage,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { type Author, AuthorSchema } from "#proto/bookfinder/v1/author_pb.ts";
import {
  type Book,
  BookSchema,
  PublicationDate_Precision as Precision,
} from "#proto/bookfinder/v1/book_pb.ts";

/** What a message is made from, without finished messages of its type. */
type Init<Schema extends DescMessage> = Exclude<MessageInitShape<Schema>, MessageShape<Schema>>;

/** A book, valid by default. */
export function aBook(fields: Init<typeof BookSchema> = {}): Book {
  return create(BookSchema, {
    name: "books/OL1W",
    title: "The Left Hand of Darkness",
    authors: [{ author: "authors/OL1A", displayName: "Ursula K. Le Guin" }],
    firstPublished: { year: 1969, precision: Precision.YEAR },
    languages: ["eng"],
    editionCount: 1,
    ...fields,
  });
}

/** An author, valid by default. */
export function anAuthor(fields: Init<typeof AuthorSchema> = {}): Author {
  return create(AuthorSchema, {
    name: "authors/OL1A",
    displayName: "Ursula K. Le Guin",
    birthDate: "1929",
    deathDate: "2018",
    bookCount: 1,
    ...fields,
  });
}
