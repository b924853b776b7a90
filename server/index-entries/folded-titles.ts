/** Titles of works as the index holds them: their words, part by part, and their exact keys. */
import { isAscii } from "#server/catalog/text/ascii.ts";
import { elidedCompounds, unelidedCompounds } from "#server/catalog/text/compound-tokens.ts";
import { foldTokens, foldWords } from "#server/catalog/text/fold.ts";
import { soundsOf } from "#server/catalog/text/roman-key.ts";
import { titleKeys, titleKeysOf } from "#server/catalog/text/title-keys.ts";
import { elidedToken, romanToken, soundingTitleToken, titleToken } from "./key-tokens.ts";

export type FoldedTitle = {
  /** Tokens of each part that a reader may leave out. */
  segments: readonly (readonly string[])[];
  /** The segments as the ranking reads them. */
  printed: string;
  /** Joined forms of words that are also written as one. */
  compounds: readonly string[];
  /** Key tokens; some may be there twice. */
  keys: readonly string[];
  /** What `squash` makes of the title. */
  squashed: string;
};

/** Far above what real titles have, so that one absurd record can't bloat the index. */
const MAX_TOKENS = 64;

const segmentEnd = /(?:[:;]\s|\s[-–—/=]+\s|[([{}\])]|,\s+(?=by\s)|\s\$[a-z]\s)+/u;
/** A quick look before the long one. */
const mayHaveSegments = /[:;–—/=([{}\]),$-]/;

/** Folds a title once for all that is wanted of it. */
export function foldTitle(title: string): FoldedTitle {
  const words = foldWords(title);
  const foreign = !isAscii(title);
  // Words and tokens differ in scripts without spaces only.
  const segments =
    foreign || mayHaveSegments.test(title) ? segmentTokens(title) : wholeSegment(words);
  const found = titleKeysOf(title, words);
  return {
    segments,
    printed: printSegments(segments),
    compounds: unelidedCompounds(title),
    keys: keyTokensOf(title, words, found, foreign),
    squashed: found[0] ?? "",
  };
}

/** A title as written, without its "and", and as it sounds where it is not plain Latin. */
function keyTokensOf(
  title: string,
  words: readonly string[],
  found: readonly string[],
  foreign: boolean,
): string[] {
  const keys = found.map(titleToken);
  if (/&| and /i.test(title)) {
    for (const key of titleKeys(title.replace(/\s*&\s*|\band\b/gi, " "))) {
      keys.push(titleToken(key));
    }
  }
  if (foreign) {
    const { keys: romans, isWhole } = soundsOf(title, words);
    if (isWhole && romans.length > 0) {
      keys.push(soundingTitleToken(romans.join("")));
    }
    for (const roman of romans) {
      keys.push(romanToken(roman));
    }
  }
  if (/['’ʼ]/.test(title)) {
    keys.push(...elidedCompounds(title).map(elidedToken));
  }
  return keys;
}

/**
 * Parts of a title, each of which may be left out by a reader from the second on: title, subtitle,
 * "or, …", "(series)". Splits at ": ", "; ", " - ", " / ", " = ", brackets, ", by " and MARC's "$b".
 */
function segmentTokens(title: string): string[][] {
  const segments: string[][] = [];
  let room = MAX_TOKENS;
  for (const part of title.split(segmentEnd)) {
    const tokens = foldTokens(part);
    if (tokens.length > room) {
      tokens.length = room;
    }
    room -= tokens.length;
    if (tokens.length > 0) {
      segments.push(tokens);
    }
  }
  return segments;
}

function wholeSegment(words: readonly string[]): (readonly string[])[] {
  if (words.length === 0) {
    return [];
  }
  return [words.length > MAX_TOKENS ? words.slice(0, MAX_TOKENS) : words];
}

function printSegments(segments: readonly (readonly string[])[]): string {
  if (segments.length === 1) {
    return segments[0]?.join(" ") ?? "";
  }
  return segments.map((tokens) => tokens.join(" ")).join("|");
}
