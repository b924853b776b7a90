/** What words mean beside words about the asking (read-asking.ts). */
import type { AskingRole } from "./asking-words.ts";

const subjectJoints = new Set("on uber sobre sur su sul sulla om o over".split(" "));

/** "anything on", "böcker om", "livres sur": a subject follows. */
export function joinsSubject(token: string): boolean {
  return subjectJoints.has(token);
}

const placeJoints = new Set(["in", "around", "during"]);

/** "set in", "set around". */
export function isPlaceJoint(token: string): boolean {
  return placeJoints.has(token);
}

const beforeYears = new Set("from in circa c ca around ed out aus del uit".split(" "));

/** "from around 1997", "came out 2014". */
export function dates(token: string): boolean {
  return beforeYears.has(token);
}

const countBefore = new Set("top best first".split(" "));
const countBehind = new Set("year years yr yrs".split(" "));

/** "top [ten]", "a [12] year old": a number that is no number of a book. */
export function isCountedBy(before: string, behind: string): boolean {
  return countBefore.has(before) || countBehind.has(behind);
}

const authorNouns = new Set(
  (
    "author autor autora auteur auteure autore autrice avtor schrijver yazar szerzo forfatter " +
    "forfattare kirjailija spisovatel"
  ).split(" "),
);

/** "[dune] author [frank herbert]", "[emma] yazar [jane austen]". */
export function isAuthorNoun(token: string): boolean {
  return authorNouns.has(token);
}

export function isYear(token: string): boolean {
  return /^(?:1[4-9]|20)[0-9]{2}$/.test(token);
}

type AskedWords = {
  probabilities: readonly number[];
  roles: readonly (AskingRole | undefined)[];
};

/** A word that asks less surely may be the title, if all others ask. */
const DOUBTFUL_PROBABILITY = 0.4;

/**
 * Which words of a query may be a title where all of them may ask: "if you liked [1984]", "i loved the
 * [collector], what should i read next", "looking for the book [once]".
 */
export function leastAsking(
  tokens: readonly string[],
  { probabilities, roles }: AskedWords,
): readonly number[] {
  const places = [...tokens.keys()];
  const years = places.filter((place) => isYear(tokens[place] ?? ""));
  const isStrong = (place: number) => roles[place] !== "joint" && roles[place] !== "article";
  const doubtful = places.filter(
    (place) => isStrong(place) && (probabilities[place] ?? 0) <= DOUBTFUL_PROBABILITY,
  );
  if (years.length + doubtful.length > 0) {
    return years.length > 0 ? years : doubtful;
  }
  const last = places.findLast(isStrong) ?? -1;
  return last > 0 ? places.slice(last + 1) : [];
}
