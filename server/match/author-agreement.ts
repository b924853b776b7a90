/** Whether names of authors are those of a work. */

import type { Agreement } from "#server/catalog/list-row.ts";
import type { AuthorCredit } from "#server/catalog/records.ts";
import { type FiledName, filedName } from "#server/catalog/text/family-name.ts";
import { foldTokens } from "#server/catalog/text/fold.ts";
import { wordAgreement } from "./word-agreement.ts";

/** Works of more authors are credited to an editor or nobody in lists. */
const MAX_COMPARED_AUTHORS = 20;

/** Given names and initials stand beside the family name, so many words away at most. */
const MAX_DISTANCE = 4;

export type AuthorAgreement = { agreement: Agreement; text: string };

/**
 * Looks for the authors of a work among words, e.g. those of a citation outside its title.
 * @returns undefined if the work has no author. "exact": a family name with a given name or initial;
 * "close": the family name alone; "different": none, or with other initials.
 */
export function findAuthors(
  credits: readonly AuthorCredit[],
  words: readonly string[],
): AuthorAgreement | undefined {
  let best: AuthorAgreement | undefined;
  for (const { name } of credits.slice(0, MAX_COMPARED_AUTHORS)) {
    const agreement = findName(filedName(name), words);
    if (best === undefined || rank[agreement] > rank[best.agreement]) {
      best = { agreement, text: name };
    }
    if (agreement === "exact") {
      break;
    }
  }
  return best;
}

const rank: Record<Agreement, number> = { different: 0, close: 1, exact: 2 };

function findName({ family, given }: FiledName, words: readonly string[]): Agreement {
  let best: Agreement = "different";
  for (let start = 0; start + family.length <= words.length; start++) {
    const isHere = family.every(
      (part, offset) => wordAgreement(part, words[start + offset] ?? "") > 0,
    );
    if (!isHere || family.length === 0) {
      continue;
    }
    const before = words.slice(Math.max(0, start - MAX_DISTANCE), start);
    const end = start + family.length;
    const around = [...before, ...words.slice(end, end + MAX_DISTANCE)];
    const agreement = givenAgreement(given, around);
    if (rank[agreement] > rank[best]) {
      best = agreement;
    }
    if (best === "exact") {
      break;
    }
  }
  return best;
}

/** Given names or their initials among the words around a family name. */
function givenAgreement(given: readonly string[], around: readonly string[]): Agreement {
  const [first = ""] = given;
  // Where one side has a family name only, that is all that can agree.
  if (first === "" || around.every((word) => word === "")) {
    return "exact";
  }
  if (around.some((word) => given.some((name) => wordAgreement(name, word) > 0))) {
    return "exact";
  }
  const initials = new Set(given.map((name) => name.charAt(0)));
  const near = around.filter((word) => word.length === 1 || /^[^aeiouy]{2,4}$/.test(word));
  if (near.some((word) => [...word].some((letter) => initials.has(letter)))) {
    return "exact";
  }
  // An initial given out in full ("J. Smith" in the catalogue, "John Smith" in the list).
  if (first.length === 1 && around.some((word) => word.startsWith(first))) {
    return "exact";
  }
  return "close";
}

/** The words of a list's names of authors. */
export function authorWords(author: string): string[] {
  return foldTokens(author);
}
