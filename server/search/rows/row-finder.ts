/**
 * Finds the works that a row of a list may mean. A row says which of its words are a title and which a
 * name, or is a citation of which any run of words may be a title; so a few narrow lanes find what a
 * search for an unknown query climbs a ladder for. Nothing is corrected by itself: what is found is
 * compared with the row (server/match), and the best can still be wrong.
 */
import type { IndexedBook } from "#server/catalog/ranking/indexed-book.ts";
import { romanKey } from "#server/catalog/text/roman-key.ts";
import { titleKeys } from "#server/catalog/text/title-keys.ts";
import { type LikelyWords, likelyWords, likeness } from "#server/match/likeness.ts";
import type { RowIsbn, RowSearcher } from "#server/match/match-row.ts";
import type { RowWords } from "#server/match/row-words.ts";
import type { FoundWork } from "#server/match/score.ts";
import { otherTitlesOf } from "../answer/other-titles.ts";
import {
  allOf,
  anyOf,
  type Expression,
  inField,
  nameFields,
  titleOf,
  wordOf,
} from "../expression.ts";
import {
  type BookRecord,
  FEW_WORKS,
  type Lane,
  type Retrieval,
  type SearchedPart,
} from "../index-port.ts";
import { atStage, type SearchRun } from "../search-run.ts";

/** Works that are read and compared after each step. */
const READ_AT_ONCE = 6;
const TITLE_LIMIT = 40;
const WORDS_LIMIT = 20;
const PAIR_LIMIT = 12;
/** Of a citation's words, or a row's title, so many of the rarest are looked for in pairs. */
const PAIRED_WORDS = 5;
/** Words of fewer works may be misspelt. */
const RARE_WORKS = 20;
/** To find what a word may mean takes as long as a few lanes. */
const DOUBTED_WORDS = 4;
const ALTERNATIVES = 5;
/** Shorter phonetic keys match too many words. */
const MIN_ROMAN_LENGTH = 3;
/** Titles of more words have others that find them. */
const NEIGHBOUR_WORDS_MAX = 6;

export class RowFinder implements RowSearcher {
  #run: SearchRun;
  #retrieval: Retrieval;
  /** Found and not read yet. */
  #unread = new Map<number, IndexedBook>();
  #read = new Set<number>();

  constructor(run: SearchRun) {
    this.#run = atStage(run, "titles");
    this.#retrieval = run.index.retrieve({ all: [], none: undefined }, this.#run.effort);
  }

  async byIsbns(isbns: readonly RowIsbn[]): Promise<FoundWork[]> {
    const found: FoundWork[] = [];
    for (const { text, proposals } of isbns) {
      const asked = proposals.length === 0 ? [text] : [...proposals];
      const { index, effort } = this.#run;
      const identifiers = asked.map((isbn) => ({ type: "isbn13", text: isbn }));
      const answers = await index.idsOfIdentifiers(identifiers, effort);
      const place = answers.findIndex((ids) => ids.length > 0);
      const ids = answers[place]?.filter((id) => !this.#read.has(id)) ?? [];
      for (const record of await this.#records(ids)) {
        const edition = record.editions.withIdentifier(asked[place] ?? "");
        const isbn = proposals.length === 0 ? "exact" : "close";
        found.push({ work: record.work, edition, isbn });
      }
    }
    return found;
  }

  async byTitles(words: RowWords): Promise<FoundWork[]> {
    const { vocabulary } = this.#run;
    await vocabulary.load({
      words: [...words.titleWords, ...words.nameWords, ...words.titleRuns.flat()],
    });
    const titles = partOf(words.titles.map(titleOf));
    const longTitles = partOf(words.longTitles.map(titleOf));
    const name = this.#nameOf(words, wordOf);
    const lanes = [
      ...(titles && name ? [laneOf("row_title_and_name", [titles, name], TITLE_LIMIT)] : []),
      ...(longTitles ? [laneOf("row_title", [longTitles], WORDS_LIMIT)] : []),
    ];
    return this.#find(
      lanes,
      likelyWords(words, () => []),
    );
  }

  async byWords(words: RowWords): Promise<FoundWork[]> {
    const parts = words.isMixed ? this.#rarest(words.titleWords, () => undefined) : [];
    const lanes = [...this.#runsOf(words, () => undefined), ...pairsOf(parts)];
    return this.#find(
      lanes,
      likelyWords(words, () => []),
    );
  }

  /** Works with all words of a title, first those by the author. */
  #runsOf(words: RowWords, otherwise: (word: string) => Expression | undefined): Lane[] {
    const name = words.isMixed
      ? undefined
      : this.#nameOf(words, (word) => otherwise(word) ?? wordOf(word));
    const runs = words.titleRuns
      .map((run) => this.#searched(run, otherwise).map(inTitle))
      .filter((parts) => parts.length > 0);
    return [
      ...(name === undefined ? [] : runs.map((parts) => wordLane([...parts, name]))),
      ...runs.filter((parts) => parts.length > 1).map(wordLane),
    ];
  }

  async bySlips(words: RowWords): Promise<FoundWork[]> {
    const { vocabulary } = this.#run;
    const all = [...new Set([...words.titleWords, ...words.nameWords])];
    const doubted = all
      .filter((word) => vocabulary.count(word) < RARE_WORKS)
      .sort((one, other) => vocabulary.count(one) - vocabulary.count(other))
      .slice(0, DOUBTED_WORDS);
    const sounds = doubted.flatMap((word) => soundOf(word) ?? []);
    await vocabulary.load({ alternatives: doubted, keys: sounds });
    const meant = (word: string) =>
      doubted.includes(word)
        ? vocabulary
            .alternatives(word)
            .slice(0, ALTERNATIVES)
            .map((other) => other.word)
        : [];
    const expressionOf = (word: string): Expression =>
      anyOf([
        wordOf(word),
        ...meant(word).map(wordOf),
        doubted.includes(word) ? soundOf(word) : undefined,
      ]) ?? wordOf(word);
    const neighbours = partOf(this.#neighbours(words, meant).map(titleOf));
    const name = this.#nameOf(words, expressionOf);
    const parts = this.#rarest(all, (word) =>
      doubted.includes(word) ? expressionOf(word) : undefined,
    );
    const lanes = [
      ...(neighbours && name
        ? [laneOf("row_neighbour_title", [neighbours, name], PAIR_LIMIT)]
        : []),
      ...(neighbours ? [laneOf("row_neighbour_title", [neighbours], PAIR_LIMIT)] : []),
      ...this.#runsOf(words, (word) => (doubted.includes(word) ? expressionOf(word) : undefined)),
      ...pairsOf(parts),
    ];
    return this.#find(lanes, likelyWords(words, meant));
  }

  /** Titles of a row that differ in one word from its own. */
  #neighbours({ titleWords, isMixed }: RowWords, meant: (word: string) => string[]): string[] {
    if (isMixed || titleWords.length > NEIGHBOUR_WORDS_MAX) {
      return [];
    }
    return titleWords.flatMap((word, place) =>
      meant(word).flatMap((other) => titleKeys(titleWords.with(place, other).join(" "))),
    );
  }

  /** Works by whose author the row may be: of all words of a name, or of one of those of a citation. */
  #nameOf(
    { nameWords, isMixed }: RowWords,
    expressionOf: (word: string) => Expression,
  ): SearchedPart | undefined {
    const words = nameWords.map((word) => inField("author", expressionOf(word)));
    const expression = isMixed ? anyOf(words) : allOf(words);
    const counts = nameWords.map((word) => this.#run.vocabulary.count(word));
    const workCount = isMixed ? sum(counts) : Math.min(...counts);
    return expression && { expression, workCount: Math.max(workCount, FEW_WORKS) };
  }

  /** Words that the catalogue has, or has something for, each with the number of its works. */
  #searched(
    words: readonly string[],
    otherwise: (word: string) => Expression | undefined,
  ): SearchedPart[] {
    const { vocabulary } = this.#run;
    return words.flatMap((word) => {
      const count = vocabulary.count(word);
      const expression = otherwise(word);
      if (expression !== undefined) {
        return [{ expression, workCount: Math.max(count, FEW_WORKS) }];
      }
      return count === 0 ? [] : [{ expression: wordOf(word), workCount: count }];
    });
  }

  /** The rarest words of titles, names and series, those first that say most. */
  #rarest(
    words: readonly string[],
    otherwise: (word: string) => Expression | undefined,
  ): SearchedPart[] {
    return this.#searched(words, otherwise)
      .sort((one, other) => (one.workCount ?? 0) - (other.workCount ?? 0))
      .slice(0, PAIRED_WORDS)
      .map(({ expression, workCount }) => ({
        expression: { kind: "inFields", fields: nameFields, part: expression },
        workCount,
      }));
  }

  async #find(lanes: readonly Lane[], likely: LikelyWords): Promise<FoundWork[]> {
    const results = await this.#retrieval.run(lanes, true);
    for (const { walks } of results) {
      for (const book of walks.flatMap(({ books }) => books)) {
        if (!this.#read.has(book.id)) {
          this.#unread.set(book.id, book);
        }
      }
    }
    const likeliest = [...this.#unread.values()]
      .map((book) => ({ book, ...likeness(book, likely) }))
      .sort((one, other) => other.likeness - one.likeness)
      .slice(0, READ_AT_ONCE);
    const records = await this.#records(likeliest.map(({ book }) => book.id));
    return records.map((record, place) => {
      const { book, title } = likeliest[place] ?? {};
      return { work: record.work, edition: editionOf(record, book, title), isbn: undefined };
    });
  }

  async #records(ids: readonly number[]): Promise<BookRecord[]> {
    for (const id of ids) {
      this.#read.add(id);
      this.#unread.delete(id);
    }
    return ids.length === 0 ? [] : this.#run.index.records(ids, this.#run.effort);
  }
}

/** The edition whose title is the likest; most are in the work's own record. */
function editionOf({ work, editions }: BookRecord, book: IndexedBook | undefined, title = 0) {
  const line = title === 0 ? undefined : book?.titleLines[title];
  if (line === undefined) {
    return undefined;
  }
  const matched = { words: line.replaceAll("|", " "), keys: new Set<string>() };
  const source = otherTitlesOf(work).find(matched, editions);
  return source === undefined ? undefined : editions.withKey(source.editionKey);
}

function soundOf(word: string): Expression | undefined {
  const key = romanKey(word);
  return key.length < MIN_ROMAN_LENGTH ? undefined : { kind: "sound", key };
}

/** One of some titles, which few works have. */
function partOf(titles: readonly Expression[]): SearchedPart | undefined {
  const expression = anyOf(titles);
  return expression && { expression, workCount: undefined };
}

/** A lane for works that have all words: the engine walks the rarest of them. */
function wordLane(parts: readonly SearchedPart[]): Lane {
  return { name: "row_words", parts, limit: WORDS_LIMIT, coreLimit: 2 * WORDS_LIMIT };
}

function inTitle({ expression, workCount }: SearchedPart): SearchedPart {
  return { expression: inField("title", expression), workCount };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function laneOf(name: string, parts: readonly SearchedPart[], limit: number): Lane {
  return { name, parts, limit };
}

function pairsOf(parts: readonly SearchedPart[]): Lane[] {
  return parts.flatMap((one, place) =>
    parts.slice(place + 1).map((other) => laneOf("row_pair", [one, other], PAIR_LIMIT)),
  );
}
