/**
 * What a catalogue holds, free of storage and protocol. Importers produce these; engines store and
 * return them. Keys are Open Library's ("OL27448W"), without a collection in front.
 */

/** An author's record. */
export type Author = {
  /** "OL26320A" */
  key: string;
  name: string;
  /** Full names, pen names, other scripts; without `name` itself. */
  alternateNames: string[];
  /** Free text ("1929", "c. 1340"); empty if unknown. */
  birthDate: string;
  deathDate: string;
  biography: string;
};

/** An author as credited on a work. */
export type AuthorCredit = {
  /** Empty if the author has no record. */
  key: string;
  name: string;
};

export type DatePrecision = "unknown" | "year" | "circa" | "decade" | "century";

export type PublicationDate = {
  /** Negative before our era; 0 if unknown; the first year of a decade or century. */
  year: number;
  precision: DatePrecision;
  /** The source's own words. */
  text: string;
};

export type SeriesEntry = {
  title: string;
  /** As printed ("8", "2.5"); empty if unnumbered. */
  position: string;
};

export type TitleVariant = {
  title: string;
  /** MARC code; empty if unknown. */
  language: string;
};

export type Demotion = "none" | "reprint" | "summary" | "notebook";

/** A work: what an author wrote, whichever editions it appeared in. */
export type Work = {
  /** "OL27448W", or an edition key ("OL1M") for an edition that belongs to no work. */
  key: string;
  title: string;
  subtitle: string;
  authors: AuthorCredit[];
  description: string;
  firstPublished: PublicationDate;
  /** MARC codes, most editions first. */
  languages: string[];
  /** MARC code; empty if unknown. */
  originalLanguage: string;
  subjects: string[];
  people: string[];
  places: string[];
  times: string[];
  series: SeriesEntry[];
  /** Titles of editions, translations, variants; without `title` itself. */
  otherTitles: TitleVariant[];
  editionCount: number;
  /** `count` 0 if nobody rated it; `average` is then 0. */
  rating: { average: number; count: number };
  /** Readers who keep it on a shelf. */
  readerCount: number;
  /** 0 if there is none. */
  coverId: number;
  /** Digits only; empty if there is none. */
  isbn13: string;
  demotion: Demotion;
};

/** An edition of a work. */
export type Edition = {
  /** "OL51708686M" */
  key: string;
  title: string;
  subtitle: string;
  /** MARC codes. */
  languages: string[];
  publishers: string[];
  published: PublicationDate;
  /** 0 if unknown. */
  pageCount: number;
  /** Digits only, valid check digits; ISBN-10s converted. */
  isbn13: string[];
  isbn10: string[];
  /** Normalised. */
  lccn: string[];
  /** Digits only. */
  oclc: string[];
  /** Identifiers at other sites that a reader may paste, as "goodreads:5907" or "amazon:B0…". */
  otherIds: string[];
  series: SeriesEntry[];
  physicalFormat: string;
  byStatement: string;
  editionStatement: string;
  /** 0 if there is none. */
  coverId: number;
};
