/** A citation as words, and where in it a title stands. */
import { foldWithSpans } from "#server/catalog/text/fold.ts";
import type { WorkTitle } from "./title-agreement.ts";
import { totalWeight, wordAgreement, wordWeight } from "./word-agreement.ts";

export type CitationText = {
  words: string[];
  /** For each word the number of its part; parts are divided by punctuation. */
  parts: number[];
};

/** The words of a citation. */
export function citationText(citation: string): CitationText {
  const spans = foldWithSpans(citation);
  const points = [...citation];
  const parts: number[] = [];
  let part = 0;
  let end = 0;
  for (const span of spans) {
    if (/[^\s\p{L}\p{N}&'’-]/u.test(points.slice(end, span.start).join(""))) {
      part += 1;
    }
    parts.push(part);
    end = span.end;
  }
  return { words: spans.map(({ token }) => token), parts };
}

/** A run of a citation's words that may be a title. */
export type TitlePlace = {
  title: WorkTitle;
  start: number;
  end: number;
  /** How well the run is the title and the whole of what stands between punctuation, 0 to 1. */
  agreement: number;
};

/** Less of a title is none. */
const LEAST_COVERAGE = 0.6;

/**
 * Where a title stands in a citation.
 * @param isExplained words beside the title that are no part of a longer one: names, numbers.
 */
export function findTitle(
  text: CitationText,
  title: WorkTitle,
  isExplained: (word: string) => boolean,
): TitlePlace | undefined {
  const { words } = title;
  const total = totalWeight(words);
  if (words.length === 0 || total === 0) {
    return undefined;
  }
  let best: TitlePlace | undefined;
  for (let start = 0; start < text.words.length; start++) {
    // A title may be cited without its article, or with its first word misspelt beyond recognition.
    const begins = words
      .slice(0, 2)
      .some((word) => wordAgreement(word, text.words[start] ?? "") > 0);
    if (!begins) {
      continue;
    }
    const { covered, end } = alignFrom(text.words, start, words);
    const coverage = covered / total;
    if (coverage < LEAST_COVERAGE) {
      continue;
    }
    const extra = unexplainedWeight(text, start, end, title, isExplained);
    const precision = covered / (covered + extra);
    const agreement = (2 * coverage * precision) / (coverage + precision);
    if (best === undefined || agreement > best.agreement) {
      best = { title, start, end, agreement };
    }
  }
  return best;
}

/** Walks along the citation and the title; either may have a word more here and there. */
function alignFrom(
  words: readonly string[],
  start: number,
  title: readonly string[],
): { covered: number; end: number } {
  let place = start;
  let end = start;
  let covered = 0;
  for (let index = 0; index < title.length; index++) {
    const word = title[index] ?? "";
    const here = wordAgreement(word, words[place] ?? "");
    const next = here > 0 ? 0 : wordAgreement(word, words[place + 1] ?? "");
    if (here > 0 || next > 0) {
      covered += wordWeight(word) * Math.max(here, next * 0.9);
      place += here > 0 ? 1 : 2;
      end = place;
    }
  }
  return { covered, end };
}

/** Words of the same part before and after the run that would make it a piece of a longer title. */
function unexplainedWeight(
  { words, parts }: CitationText,
  start: number,
  end: number,
  { subtitle }: WorkTitle,
  isExplained: (word: string) => boolean,
): number {
  const isOther = (place: number): boolean => {
    const word = words[place] ?? "";
    return !isExplained(word) && !subtitle.includes(word);
  };
  let weight = 0;
  for (let place = start - 1; parts[place] === parts[start] && isOther(place); place--) {
    weight += wordWeight(words[place] ?? "");
  }
  for (let place = end; parts[place] === parts[end - 1] && isOther(place); place++) {
    weight += wordWeight(words[place] ?? "");
  }
  return weight;
}
