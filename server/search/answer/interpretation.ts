import type {
  Correction,
  QueryInterpretation,
  QueryNode,
  QueryNotice,
  Relaxation,
  SearchRequest,
  TextSpan,
} from "#server/catalog/catalog.ts";
import type { WordMatch } from "#server/catalog/ranking/compare-words.ts";
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { wordOfFirstForm } from "#server/catalog/ranking/names.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import type { RankedWord, RankedWork } from "#server/catalog/ranking/ranked-work.ts";
import { stem } from "#server/catalog/ranking/stem.ts";
import { squash } from "#server/catalog/text/fold.ts";
import type { SearchResultSet } from "../search-result-set.ts";

/** How a query was understood: what the best result had to change and give up to match. */
export function interpret(
  request: SearchRequest,
  root: QueryNode | undefined,
  found: SearchResultSet,
): QueryInterpretation {
  const { ids, ladder, corrections, relaxations, notices } = found;
  const first = found.understoodBy ?? ids[0];
  const ranked = ladder?.ranked.find((one) => one.id === first);
  const book = first === undefined ? undefined : ladder?.candidates.get(first)?.book;
  const best = ranked && book && withFirstForms(ranked, book);
  const words = first === undefined ? undefined : ladder?.readings.get(first)?.words;
  const codePoints = [...request.query];
  if (best === undefined || words === undefined) {
    const searched = correctedText(codePoints, corrections);
    return { root, searchedText: searched, corrections, relaxations, notices };
  }
  const isRead = isReadIn(notices, codePoints);
  const typed = (word: QueryWord) =>
    corrections.find((one) => one.span.start === word.span.start)?.corrected ??
    (isRead(word) ? word.token : codePoints.slice(word.span.start, word.span.end).join(""));
  // Words of a title in place of its acronym were not typed apart.
  const isAcronym = ({ span }: Correction) =>
    corrections.some((one) => one.span.start === span.start && one.kind === "acronym");
  const more = [
    ...splitTitles(words, best, book),
    ...spellings(words, best, typed, request.unfinished).filter(
      ({ original, corrected }) => original !== corrected,
    ),
    ...respaced(
      words.map((word) => (isRead(word) ? undefined : word)),
      best,
      typed,
    ),
  ];
  return {
    root,
    searchedText: searchedText(words, best, typed),
    corrections: [...corrections, ...more.filter((one) => !isAcronym(one))],
    // What a heading has in other words was not given up.
    relaxations: found.topicWords ? relaxations : [...dropped(words, best, typed), ...relaxations],
    notices,
  };
}

/**
 * Whether a word was read in a link or a record, where nobody typed it as it is searched: "%C3%A9", a
 * name that stands behind the title there.
 */
function isReadIn(
  notices: readonly QueryNotice[],
  codePoints: readonly string[],
): (word: QueryWord) => boolean {
  const spans = notices.flatMap(({ reason, span }) =>
    span !== undefined && (reason === "link_read" || reason === "record_read") ? [span] : [],
  );
  return ({ token, span: { start, end } }) =>
    spans.some((span) => span.start <= start && end <= span.end) &&
    squash(codePoints.slice(start, end).join("")) !== token;
}

function correctedText(codePoints: readonly string[], corrections: readonly Correction[]): string {
  const text = [...codePoints];
  for (const { span, corrected } of corrections) {
    text.fill("", span.start, span.end);
    text[span.start] = corrected;
  }
  return text.join("");
}

/** The names that words were corrected to as they are shown. */
function withFirstForms(ranked: RankedWork, book: IndexedBook): RankedWork {
  const words = ranked.words.map((word) =>
    word.field === "author" && word.match?.way === "spelling"
      ? { ...word, match: { ...word.match, word: wordOfFirstForm(word.match.word, book) } }
      : word,
  );
  return { ...ranked, words };
}

type TextOfWord = (word: QueryWord) => string;

function spellings(
  words: readonly QueryWord[],
  best: RankedWork,
  typed: TextOfWord,
  isUnfinished: boolean,
): Correction[] {
  const found: Correction[] = [];
  for (const [index, word] of words.entries()) {
    const placed = best.words[index];
    const { field, match } = placed ?? {};
    const original = typed(word);
    if (isSlip(word, placed, isUnfinished) && !isRespaced(words, index, original)) {
      if (field === "author" || !isInflection(word.token, placed.match.word)) {
        found.push({ original, corrected: placed.match.word, span: word.span, kind: "spelling" });
      }
    }
    const corrected = apart(word, match);
    if (corrected !== undefined) {
      found.push({ original, corrected, span: word.span, kind: "split" });
    }
    if (isOwner(word, placed, original)) {
      found.push({ original, corrected: word.token, span: word.span, kind: "spelling" });
    }
  }
  return found;
}

/** "orwells" was read as the author's name, without its s. */
function isOwner({ token }: QueryWord, found: RankedWord | undefined, original: string): boolean {
  return (
    found?.field === "author" && /^\p{L}+$/u.test(original) && squash(original) === `${token}s`
  );
}

/**
 * A word that was searched in another spelling. "predjudice" sounds like a word in another
 * transliteration, and "solitud" begins one; where no book has them as they are, they are slips.
 */
function isSlip(
  word: QueryWord,
  found: RankedWord | undefined,
  isUnfinished: boolean,
): found is RankedWord & { match: WordMatch } {
  const match = found?.match;
  if (match === undefined || match.word === word.token) {
    return false;
  }
  if (match.way === "spelling") {
    return true;
  }
  if (word.workCount > 0) {
    return false;
  }
  if (match.way === "prefix") {
    return !isUnfinished && word.field === undefined;
  }
  // Names are written in many ways, and each of them is right.
  return match.way === "transliteration" && found?.field === "title" && /^[a-z]+$/.test(word.token);
}

/** Words run together that a title, found by its key, has apart: "ofthrones". */
function splitTitles(
  words: readonly QueryWord[],
  best: RankedWork,
  book: IndexedBook | undefined,
): Correction[] {
  const title = book?.title(best.title).words ?? [];
  return words.flatMap(({ token, workCount, span }, index): Correction[] => {
    if (workCount > 0 || best.words[index]?.match?.position !== -1) {
      return [];
    }
    const place = title.findIndex((word, at) => word + (title[at + 1] ?? "") === token);
    if (place < 0 || title[place] === token) {
      return [];
    }
    const corrected = `${title[place]} ${title[place + 1]}`;
    return [{ original: token, corrected, span, kind: "split" }];
  });
}

const ENDING_LETTERS = 3;

/** "raised" was searched as "raise": another form of the word, no correction; names have none. */
function isInflection(token: string, word: string): boolean {
  // A stem alone ("solitud") is no form of a word.
  if (word === `${token}e` || stem(token) !== stem(word)) {
    return false;
  }
  // Two forms of a word end otherwise: "earing" is a slip of "earring".
  return token.slice(-ENDING_LETTERS) !== word.slice(-ENDING_LETTERS);
}

function isRespaced(words: readonly QueryWord[], index: number, original: string): boolean {
  const start = words[index]?.span.start;
  const others = [words[index - 1], words[index + 1]];
  return /\s/.test(original) || others.some((other) => other?.span.start === start);
}

/** The two words of the book that one was: "harrypotter"; undefined for others. */
function apart(word: QueryWord, match: WordMatch | undefined): string | undefined {
  if (match?.length !== 2 || !word.token.startsWith(match.word)) {
    return undefined;
  }
  return `${match.word} ${word.token.slice(match.word.length)}`;
}

/** Words of one span are the parts of a word that was split; a span with a space was joined. */
function respaced(
  words: readonly (QueryWord | undefined)[],
  best: RankedWork,
  typed: TextOfWord,
): Correction[] {
  const found: Correction[] = [];
  const searched = (index: number) => {
    const match = best.words[index]?.match;
    return match?.way === "spelling" ? match.word : (words[index]?.token ?? "");
  };
  for (const [index, word] of words.entries()) {
    if (word === undefined) {
      continue;
    }
    const original = typed(word);
    const next = words[index + 1];
    if (next !== undefined && next.span.start === word.span.start) {
      const corrected = `${searched(index)} ${searched(index + 1)}`;
      found.push({ original, corrected, span: word.span, kind: "split" });
    } else if (/\s/.test(original)) {
      found.push({ original, corrected: searched(index), span: word.span, kind: "joined" });
    }
  }
  return found;
}

function dropped(words: readonly QueryWord[], best: RankedWork, typed: TextOfWord): Relaxation[] {
  const missing = words.filter((_, index) => best.words[index]?.field === "none");
  const parts = unpaired(missing, typed);
  if (parts.length > unpaired(words, typed).length / 2) {
    return [{ kind: "anyWords", text: "", span: undefined }];
  }
  return parts.map(({ text, span }) => ({ kind: "wordDropped", text, span }));
}

/** Words as they were typed: pairs of characters ("村上 上春 春樹") are one. */
function unpaired(
  words: readonly QueryWord[],
  typed: TextOfWord,
): { text: string; span: TextSpan }[] {
  const parts: { text: string; span: TextSpan }[] = [];
  for (const word of words) {
    const { start, end } = word.span;
    const last = parts.at(-1);
    if (last !== undefined && last.span.start < start && start < last.span.end) {
      const added = [...typed(word)].slice(last.span.end - start).join("");
      last.text += added;
      last.span = { start: last.span.start, end };
    } else {
      parts.push({ text: typed(word), span: word.span });
    }
  }
  return parts;
}

function searchedText(words: readonly QueryWord[], best: RankedWork, typed: TextOfWord): string {
  const parts: string[] = [];
  for (const [index, ranked] of best.words.entries()) {
    if (ranked.field === "none") {
      continue;
    }
    parts.push(searchedWord(words, index, ranked, typed));
  }
  return parts.join(" ");
}

function searchedWord(
  words: readonly QueryWord[],
  index: number,
  found: RankedWord,
  typed: TextOfWord,
): string {
  const { field, match } = found;
  const word = words[index];
  if (word === undefined) {
    return "";
  }
  const original = typed(word);
  const parts = apart(word, match);
  if (parts !== undefined) {
    return parts;
  }
  const corrected = match?.way === "spelling" ? match.word : undefined;
  if (isRespaced(words, index, original) || isOwner(word, found, original)) {
    return corrected ?? word.token;
  }
  if (corrected === undefined) {
    return original;
  }
  return field !== "author" && isInflection(word.token, corrected) ? original : corrected;
}
