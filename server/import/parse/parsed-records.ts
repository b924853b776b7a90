import type { SeriesEntry } from "#server/catalog/records.ts";
import type { PackedKey } from "../keys.ts";

/**
 * Records of a dump after cleaning, each by itself: names of authors, dates and languages are joined
 * and judged later, when a work and its editions are together.
 */
export type ParsedWork = {
  title: string;
  subtitle: string;
  authors: PackedKey[];
  description: string;
  firstPublished: string;
  subjects: string[];
  people: string[];
  places: string[];
  times: string[];
  originalLanguage: string;
  otherTitles: string[];
  series: SeriesEntry[];
  coverId: number;
};

export type ParsedEdition = {
  /** 0 if it names none. */
  work: PackedKey;
  title: string;
  subtitle: string;
  languages: string[];
  publishers: string[];
  published: string;
  pageCount: number;
  isbn13: string[];
  lccn: string[];
  oclc: string[];
  otherIds: string[];
  series: SeriesEntry[];
  physicalFormat: string;
  byStatement: string;
  editionStatement: string;
  coverId: number;
  /** Of the work, as this edition knows it. */
  workTitles: string[];
  otherTitles: string[];
  originalLanguage: string;
  authors: PackedKey[];
  description: string;
  subjects: string[];
  people: string[];
  places: string[];
  times: string[];
};

export type ParsedAuthor = {
  name: string;
  alternateNames: string[];
  birthDate: string;
  deathDate: string;
  biography: string;
};

/** What readers did with a work: how many shelve it, how often it was rated, the sum of the stars. */
export type Activity = { readers: number; ratings: number; stars: number };
