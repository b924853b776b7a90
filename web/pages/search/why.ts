import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import type { Edition } from "#proto/bookfinder/v1/edition_pb.ts";
import {
  BookField,
  MatchKind,
  type MatchReason,
  type SearchResult,
} from "#proto/bookfinder/v1/search_pb.ts";
import { seriesText } from "#web/domain/book-facts.ts";
import { excerpt, type Span } from "#web/domain/highlight.tsx";
import { languageName, languageTag } from "#web/domain/languages.ts";

/** A reason that title and author don't show by themselves. */
export type WhyLine = {
  label: string;
  text: string;
  spans: readonly Span[];
  /** BCP 47 tag of the text. */
  lang: string | undefined;
};

/** How a result shows why it was found: marks in what it shows anyway, and lines for the rest. */
export type Why = {
  title: readonly Span[];
  subtitle: readonly Span[];
  /** Marks in the series shown among the facts. */
  series: readonly Span[];
  /** By the name as credited. */
  authors: ReadonlyMap<string, readonly Span[]>;
  /** Marks in the beginning of the description; undefined if it isn't a reason. */
  description: WhyLine | undefined;
  lines: readonly WhyLine[];
};

/** More would bury the books. */
const linesMax = 2;
const excerptLettersMax = 180;
/** Between title and subtitle in the text of a reason. */
const titleSeparator = ": ";

/**
 * Explains a result. `readerLanguages` are BCP 47 tags, best first: an edition in one of them is named
 * where its title isn't the work's.
 */
export function explain(
  { reasons, edition }: SearchResult,
  book: Book,
  readerLanguages: readonly string[] = [],
): Why {
  const authors = new Map<string, readonly Span[]>();
  const why: Why & { lines: WhyLine[] } = {
    title: [],
    subtitle: [],
    series: [],
    authors,
    description: undefined,
    lines: [],
  };
  for (const reason of reasons) {
    const credit = book.authors.find(({ displayName }) => displayName === reason.text);
    const isTitle = reason.field === BookField.TITLE || reason.field === BookField.OTHER_TITLE;
    if (isTitle && reason.text === book.title) {
      // An edition of the same title says nothing that the title doesn't.
      why.title = why.title.length > 0 ? why.title : reason.highlights;
    } else if (isTitle && reason.text === book.subtitle) {
      why.subtitle = reason.highlights;
    } else if (isTitle && reason.text === `${book.title}${titleSeparator}${book.subtitle}`) {
      const subtitleStart = [...book.title, ...titleSeparator].length;
      why.title = reason.highlights.filter(({ start }) => start < subtitleStart);
      why.subtitle = reason.highlights
        .filter(({ start }) => start >= subtitleStart)
        .map(({ start, end }) => ({ start: start - subtitleStart, end: end - subtitleStart }));
    } else if (reason.field === BookField.AUTHOR && credit !== undefined) {
      authors.set(credit.displayName, reason.highlights);
    } else if (reason.field === BookField.SERIES && isShown(reason.text, book)) {
      why.series = reason.highlights;
    } else if (reason.field === BookField.DESCRIPTION) {
      why.description ??= lineOf(reason);
    } else {
      why.lines.push(lineOf(reason));
    }
  }
  const own = ownEdition(edition, book, readerLanguages);
  const isNamed = why.lines.some((line) => line.text === own?.text);
  const lines = own === undefined || isNamed ? why.lines : [own, ...why.lines];
  return { ...why, lines: lines.slice(0, linesMax) };
}

/** The title that the book has in the reader's language, if it has another there. */
function ownEdition(
  edition: Edition | undefined,
  book: Book,
  readerLanguages: readonly string[],
): WhyLine | undefined {
  const [code = ""] = edition?.languages ?? [];
  const lang = languageTag(code);
  const isRead = readerLanguages.some((tag) => tag.split("-")[0] === lang);
  if (edition === undefined || !isRead || isVariant(edition.title, book.title)) {
    return undefined;
  }
  return { label: `In ${languageName(code)}`, text: edition.title, spans: [], lang };
}

/** Whether a series, with or without its number, is the one that stands among the facts. */
function isShown(text: string, { series: [first] }: Book): boolean {
  return first !== undefined && (text === first.title || text === seriesText(first));
}

function lineOf(reason: MatchReason): WhyLine {
  return {
    ...excerpt(reason.text, reason.highlights, excerptLettersMax),
    label: labelOf(reason),
    lang: languageTag(reason.language),
  };
}

function labelOf({ field, edition, language, kind }: MatchReason): string {
  const inLanguage = language === "" ? "" : ` in ${languageName(language)}`;
  switch (field) {
    case BookField.TITLE:
    case BookField.OTHER_TITLE:
      return (edition === "" ? "Also titled" : "An edition is titled") + inLanguage;
    case BookField.AUTHOR:
      return kind === MatchKind.INITIALS ? "Author’s full name" : "Author also known as";
    case BookField.SERIES:
      return "Series";
    case BookField.SUBJECT:
      return "Subject";
    case BookField.TOPIC:
      return "About";
    case BookField.PUBLISHER:
      return "Published by";
    case BookField.IDENTIFIER:
      return "Number";
    case BookField.LANGUAGE:
      return "Language";
    case BookField.YEAR:
      return "Year";
    default:
      return "Found in";
  }
}

/** Whether two titles differ only in punctuation, case, or one being longer at an end. */
function isVariant(one: string, other: string): boolean {
  const [a, b] = [one, other].map((title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ""));
  return a === undefined || b === undefined || a.includes(b) || b.includes(a);
}
