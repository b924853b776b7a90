/**
 * The words that a catalogue has, as far as one request asks for them. A step of the search loads all
 * that it needs in one call to the index, and then reads it.
 */
import type { Effort } from "../effort.ts";
import { type Expression, expressionKey } from "../expression.ts";
import type {
  Alternative,
  CountedWord,
  SearchedPart,
  SearchIndex,
  TermQuestions,
  WordScope,
} from "../index-port.ts";

type Prefix = { letters: string; scope: WordScope };

export class Vocabulary {
  readonly workCount: number;
  #index: SearchIndex;
  #effort: Effort;
  #words = new Map<string, number>();
  #topicWords = new Map<string, number>();
  #stems = new Map<string, number>();
  #keys = new Map<string, number | undefined>();
  #alternatives = new Map<string, readonly Alternative[]>();
  #prefixes = new Map<string, SearchedPart>();
  #titlePrefixes = new Map<string, SearchedPart | undefined>();

  constructor(index: SearchIndex, effort: Effort) {
    this.#index = index;
    this.#effort = effort;
    this.workCount = index.info.workCount;
  }

  /** Asks the index for what is not known yet. */
  async load(questions: Omit<TermQuestions, "beginnings">): Promise<void> {
    const words = unknown(this.#words, questions.words);
    const topicWords = unknown(this.#topicWords, questions.topicWords);
    const stems = unknown(this.#stems, questions.stems);
    const keys = unknown(this.#keys, questions.keys, expressionKey);
    const alternatives = unknown(this.#alternatives, questions.alternatives);
    const prefixes = unknown(this.#prefixes, questions.prefixes, prefixKey);
    const titlePrefixes = unknown(this.#titlePrefixes, questions.titlePrefixes);
    const asked = { words, topicWords, stems, keys, alternatives, prefixes, titlePrefixes };
    if (Object.values(asked).every((list) => list.length === 0)) {
      return;
    }
    const answers = await this.#index.terms(asked, this.#effort);
    remember(this.#words, words, answers.words);
    remember(this.#topicWords, topicWords, answers.topicWords);
    remember(this.#stems, stems, answers.stems);
    remember(this.#keys, keys.map(expressionKey), answers.keys);
    remember(this.#alternatives, alternatives, answers.alternatives);
    remember(this.#prefixes, prefixes.map(prefixKey), answers.prefixes);
    remember(this.#titlePrefixes, titlePrefixes, answers.titlePrefixes);
  }

  /** Words that begin so, the commonest first. */
  async wordsBeginning(letters: string, limit: number, scope: WordScope): Promise<CountedWord[]> {
    const beginnings = [{ letters, limit, scope }];
    const answers = await this.#index.terms({ beginnings }, this.#effort);
    return answers.beginnings[0] ?? [];
  }

  /** In how many works' titles, names and series a word stands. */
  count(word: string): number {
    return known(this.#words, word);
  }

  /** In how many works' topics a word stands. */
  topicCount(word: string): number {
    return known(this.#topicWords, word);
  }

  /** In how many works' descriptions a stem stands. */
  stemCount(stem: string): number {
    return known(this.#stems, stem);
  }

  /** How many works have a key; undefined: few, and not counted. */
  keyCount(key: Expression): number | undefined {
    return known(this.#keys, expressionKey(key));
  }

  /** The words that a typed one most probably means, best first. */
  alternatives(word: string): readonly Alternative[] {
    return known(this.#alternatives, word);
  }

  /** What is searched for words that begin so. */
  prefix(letters: string, scope: WordScope): SearchedPart {
    return known(this.#prefixes, prefixKey({ letters, scope }));
  }

  /** What is searched for titles that begin so, or much like it; undefined if that is too little. */
  titlePrefix(letters: string): SearchedPart | undefined {
    return known(this.#titlePrefixes, letters);
  }
}

function prefixKey({ letters, scope }: Prefix): string {
  return `${scope} ${letters}`;
}

/** Questions without an answer yet, each once. */
function unknown<Question>(
  answers: ReadonlyMap<string, unknown>,
  questions: readonly Question[] = [],
  keyOf: (question: Question) => string = String,
): Question[] {
  // Most loads ask one kind of question.
  if (questions.length === 0) {
    return [];
  }
  const seen = new Set<string>();
  return questions.filter((question) => {
    const key = keyOf(question);
    if (answers.has(key) || seen.has(key)) {
      return false;
    }
    seen.add(key);
    return true;
  });
}

function remember<Answer>(
  answers: Map<string, Answer>,
  keys: readonly string[],
  fresh: readonly Answer[],
): void {
  // An index answers every question, in order.
  for (const [index, key] of keys.entries()) {
    answers.set(key, fresh[index] as Answer);
  }
}

function known<Answer>(answers: ReadonlyMap<string, Answer>, key: string): Answer {
  const answer = answers.get(key);
  if (answer === undefined && !answers.has(key)) {
    throw new Error(`"${key}" was not loaded`);
  }
  // As the map has the key, this is its value.
  return answer as Answer;
}
