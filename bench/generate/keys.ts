/**
 * Keys of generated records. They begin far above those of Open Library (58 million in 2026), and
 * far above those of the shared catalogue (80 million), so that no link leads to a real book.
 */
export const firstKey = 100_000_001;

/** What every generated record names as its source. */
export const sourceMark = "bookfinder-generated";
/** What every generated publisher's name ends with. */
export const publisherMark = "(generated)";

export const workKey = (index: number) => `/works/OL${firstKey + index}W`;
export const editionKey = (index: number) => `/books/OL${firstKey + index}M`;
export const authorKey = (index: number) => `/authors/OL${firstKey + index}A`;
