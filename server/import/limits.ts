/** How much of a record is kept. Real records stay far below; a hostile one must not fill memory. */
export const recordLimits = {
  titleLength: 2000,
  nameLength: 500,
  /** Headings, publishers, series … */
  lineLength: 300,
  dateLength: 100,
  descriptionLength: 10_000,
  biographyLength: 5000,
  authors: 100,
  alternateNames: 50,
  languages: 20,
  publishers: 20,
  identifiers: 50,
  subjects: 100,
  otherTitles: 50,
  series: 10,
  pageCount: 100_000,
} as const;

/** Longest line that is parsed; longer ones are counted and skipped. Real ones reach a few megabytes. */
export const lineBytesMax = 32 * 1024 * 1024;

/** Input is cut into blocks of about this size, at line ends: the unit of parallel work and of restart. */
export const blockBytes = 4 * 1024 * 1024;
