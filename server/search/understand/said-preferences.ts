/**
 * Languages and years that a query asks for in words: "harry potter in french", "dune, edición española",
 * "books by stephen king before 1980", "novels from the 1920s". Titles have such words, too: whoever asks
 * looks first.
 */

import { languageName, toMarcLanguage } from "#server/catalog/languages.ts";
import { askingWord } from "#server/catalog/query/asking-words.ts";
import type { Expression } from "../expression.ts";
import type { PlannedWord } from "./plan-builder.ts";

export type SaidPreference = {
  /** What says it, in the order of the query. */
  words: PlannedWord[];
  expression: Expression;
  /** What is preferred: "in French", "first published before 1980". */
  name: string;
};

/** Shorter names are codes, and words of many titles. */
const MIN_LANGUAGE_LETTERS = 4;
const inLanguage = new Set("in auf en em na po w pa".split(" "));
const translations = new Set(
  (
    "edition editions translation translated version ausgabe ubersetzung edicion traduccion version " +
    "edizione traduzione edicao traducao vertaling uitgave oversattning izdanie perevod"
  ).split(" "),
);

/** Undefined for most queries. */
export function readSaidPreference(words: readonly PlannedWord[]): SaidPreference | undefined {
  return readLanguage(words) ?? readYears(words);
}

/** At the end, but for words about the asking: "in german", "german translation", "in german please". */
function readLanguage(words: readonly PlannedWord[]): SaidPreference | undefined {
  const tokens = words.map(({ token }) => token);
  const place = tokens.findLastIndex(
    (token) => token.length >= MIN_LANGUAGE_LETTERS && toMarcLanguage(token) !== "",
  );
  const behind = tokens.slice(place + 1);
  if (place < 1 || !behind.every((token) => translations.has(token) || askingWord(token))) {
    return undefined;
  }
  const isLed = inLanguage.has(tokens[place - 1] ?? "");
  const isNamed = translations.has(behind[0] ?? "");
  const start = isLed ? place - 1 : place;
  if (start < 1 || !(isLed || isNamed)) {
    return undefined;
  }
  const value = toMarcLanguage(tokens[place] ?? "");
  return {
    words: words.slice(start, isNamed ? place + 2 : place + 1),
    expression: { kind: "value", field: "language", value },
    name: `in ${languageName(value)}`,
  };
}

const before = new Set(["before", "until", "till"]);
const after = new Set(["after", "since"]);
const decades = /^(1[5-9]|20)[0-9]0s$/;
const year = /^(?:1[4-9]|20)[0-9]{2}$/;

/** Only beside "books": "China since 1949" is a title, and says what it tells of. */
function readYears(words: readonly PlannedWord[]): SaidPreference | undefined {
  const tokens = words.map(({ token }) => token);
  const asks = tokens.some((token) => {
    const role = askingWord(token)?.role;
    return role === "object" || role === "objects";
  });
  const place = asks ? tokens.findIndex((token) => decades.test(token) || year.test(token)) : -1;
  const token = tokens[place] ?? "";
  const led = tokens[place - 1] ?? "";
  if (place < 1) {
    return undefined;
  }
  const said = (start: number, years: { from?: number; to?: number }, name: string) => ({
    words: words.slice(start, place + 1),
    expression: { kind: "years", from: years.from, to: years.to } as const,
    name: `first published ${name}`,
  });
  if (decades.test(token)) {
    const from = Number(token.slice(0, 4));
    const joints = tokens.slice(0, place).reverse();
    const count = joints.findIndex((joint) => !/^(?:the|in|from|of|during)$/.test(joint));
    return said(place - Math.max(0, count), { from, to: from + 9 }, `in the ${token}`);
  }
  const number = Number(token);
  if (before.has(led)) {
    return said(place - 1, { to: number - 1 }, `before ${token}`);
  }
  return after.has(led) ? said(place - 1, { from: number }, `from ${token} on`) : undefined;
}
