/**
 * Which runs of a query's words may be the subject that books are asked about: "currently obsessed with
 * [apocalyptic fiction]", "[love stories] novels", "an introduction to [political economy]". Words about
 * the asking may belong to a heading ("love stories", "book collecting"), so a longer run comes first,
 * and the catalogue says which of them are headings.
 */
import { type AskingRole, askingWord, isPersonWord } from "#server/catalog/query/asking-words.ts";
import { numberValue } from "#server/catalog/text/number-value.ts";
import type { PlannedWord } from "./plan-builder.ts";
import { isContentWord, type WordProperties } from "./word-properties.ts";

/** A longer query is a description, or a title. */
const MAX_QUERY_WORDS = 12;
/** More words than a heading has. */
export const MAX_SUBJECT_WORDS = 6;
/** So many runs are looked up. */
const MAX_RUNS = 12;
/** "my [daughter] is [obsessed] with": beside words about the asking. */
const MAX_UNKNOWN = 2;

export type SubjectRuns = {
  /** Those with most words of no asking first, the longest of them. */
  runs: PlannedWord[][];
  /** True if the query says that what follows is a subject: "books about". */
  isSaid: boolean;
};

/** What books are of that tell of a subject, before "on", "of" or "to". */
const treatises = new Set(
  (
    "introduction intro primer overview survey textbook textbooks monograph monographs guide history study " +
    "studies research material materials holdings handbook bibliography poems essays memoir memoirs biography " +
    "biographies treatise treatises resources articles stuff information info facts world literatur sachbuch"
  ).split(" "),
);
/** What leads to a subject beside "about". */
const prepositions = new Set(
  "on of to about with into in where by di de von om o su sul over uber pro sobre around zu zum".split(
    " ",
  ),
);
const verbs = new Set(
  (
    "treating treats cover covers deal deals loves love using tagged has have contain contains containing explain " +
    "explaining parla parlano parle parlent traite traitent hablan hablen habla tratan trata parlant"
  ).split(" "),
);
const leads = (token: string) => prepositions.has(token) || verbs.has(token);

/** At the beginning of a query they name a list of subjects: "tag: magic". */
const labels = new Set(
  "tag tags category categories shelf genre genres keyword keywords su sub subj".split(" "),
);
/** "[is obsessed] with", "a gift for somebody who [loves]". */
const likings = new Set(
  "obsessed fascinated interested crazy mad addicted hooked loves adores enjoys loving into".split(
    " ",
  ),
);
/** What may stand behind a subject: "to my kids", "play a role", "where do i start". */
const trailers = new Set(
  (
    "them it lately more start starting kids kid son daughter child children role part lot plays play recently " +
    "right now time ever thanks thank thx too today anywhere shelf section"
  ).split(" "),
);

const MAX_JOINT_LETTERS = 5;

/** What a word says of the asking; "beside": something, but nothing that asks or joins. */
type Around = AskingRole | "beside" | undefined;
/** They name books or ask for some; others only join. */
const evident: ReadonlySet<Around> = new Set([
  "object",
  "objects",
  "order",
  "about",
  "like",
  "request",
]);

/** The runs of a query that may be a subject; none where it speaks of nothing but a book. */
export function subjectRuns(
  query: string,
  words: readonly PlannedWord[],
  properties: readonly WordProperties[],
): SubjectRuns {
  const { length } = words;
  if (length > MAX_QUERY_WORDS) {
    return { runs: [], isSaid: false };
  }
  const label = labels.has(words[0]?.token ?? "") && /^\s*\p{L}+\s*[:：]/u.test(query) ? 0 : -1;
  const said = Math.max(
    label,
    properties.findLastIndex(({ role }) => role === "about"),
  );
  const isContent = (place: number) => {
    const read = properties[place];
    return place !== said && read !== undefined && isContentWord(read);
  };
  const places = [...words.keys()];
  // "books about authors": of words about the asking, too.
  const isBehind =
    said >= 0 &&
    said < length - 1 &&
    (places.some((place) => place > said && isContent(place)) || !places.some(isContent));
  const asks = words.map((_, place) =>
    place === said ? "about" : asksAt(words, properties, place),
  );
  if (!isBehind && asks.some((role) => role === "series" || role === "number")) {
    return { runs: [], isSaid: false };
  }
  const runs: { start: number; end: number; unknown: number }[] = [];
  for (let start = isBehind ? said + 1 : 0; start < length; start++) {
    for (let end = start + 1; end <= Math.min(length, start + MAX_SUBJECT_WORDS); end++) {
      const run = { start, end, unknown: asks.slice(start, end).filter(isUnknown).length };
      if (isAskedAround(run, words, asks, isBehind ? said + 1 : 0)) {
        runs.push(run);
      }
    }
  }
  const chosen = runs
    .sort(
      (one, other) =>
        other.unknown - one.unknown || other.end - other.start - (one.end - one.start),
    )
    .slice(0, MAX_RUNS);
  return {
    runs: chosen.map(({ start, end }) => words.slice(start, end)),
    isSaid: said >= 0,
  };
}

/** What a word says of the asking, were it about that: its role, or "treatise"; undefined for others. */
function asksAt(
  words: readonly PlannedWord[],
  properties: readonly WordProperties[],
  place: number,
): Around {
  const token = words[place]?.token ?? "";
  const before = words[place - 1]?.token;
  const isLed = leads(words[place + 1]?.token ?? "");
  if (isLed && treatises.has(token)) {
    return "about";
  }
  if (likings.has(token) && place > 0) {
    return "like";
  }
  if (place > 0 && numberValue(token) !== undefined) {
    return "beside";
  }
  const role = properties[place]?.role ?? askingWord(token, before)?.role;
  if (role !== undefined || prepositions.has(token)) {
    return role ?? "joint";
  }
  return verbs.has(token) || trailers.has(token) || isPersonWord(token) ? "beside" : undefined;
}

function isUnknown(role: Around): boolean {
  return role === undefined;
}

/** "a", "the", "with": at no edge of a heading, unlike "thought". */
function joins(word: PlannedWord | undefined, role: Around): boolean {
  const isShort = (word?.token.length ?? 0) <= MAX_JOINT_LETTERS;
  return isShort && (role === "joint" || role === "article");
}

/** True if what is around a run asks, and not much else; nothing else from `first` on. */
function isAskedAround(
  { start, end, unknown: held }: { start: number; end: number; unknown: number },
  words: readonly PlannedWord[],
  asks: readonly Around[],
  first: number,
): boolean {
  const around = [...asks.slice(0, start), ...asks.slice(end)];
  if (!around.some((role) => evident.has(role))) {
    return false;
  }
  if ([start, end - 1].some((edge) => joins(words[edge], asks[edge]))) {
    return false;
  }
  if ([...asks.slice(first > 0 ? first : start, start), ...asks.slice(end)].some(isUnknown)) {
    return false;
  }
  const unknown = asks.slice(0, start).filter(isUnknown).length;
  if (unknown === 0 || first > 0) {
    const isLed = first > 0 || end - start > 1 || leads(words[start - 1]?.token ?? "");
    return held > 0 || (!asks.some(isUnknown) && isLed);
  }
  return held > 0 && unknown <= MAX_UNKNOWN && leads(words[start - 1]?.token ?? "");
}
