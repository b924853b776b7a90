/** What a book can share with others: series, authors and headings, and how much each tells. */
import type { SimilarityReason } from "#server/catalog/catalog.ts";
import type { Work } from "#server/catalog/records.ts";
import { squash } from "#server/catalog/text/fold.ts";
import type { Expression } from "../expression.ts";
import { FEW_WORKS } from "../index-port.ts";
import type { SearchRun } from "../search-run.ts";

/** A value of a book that other books may have, too. */
export type SharedValue = SimilarityReason & {
  /** The same for all books that have the value. */
  key: string;
  /** Ids of books that have it, most read first; at most MAX_WITH_VALUE. */
  ids: readonly number[];
  /** How improbable it is that a book has it by chance, in bits: the rarer, the more it tells. */
  bits: number;
};

/** A book of many series belongs to none really. */
const MAX_SERIES = 2;
const MAX_AUTHORS = 3;
/** Some works have hundreds of headings; the rarest tell most. */
const MAX_HEADINGS = 24;
/** Books looked at for each value. */
const MAX_WITH_VALUE = 60;
/** A heading of more books ("Fiction") makes no two alike: one book in 256, or in small catalogues 30. */
const MOST_SHARE = 1 / 256;
const MOST_IN_SMALL_CATALOGUE = 30;

type Value = Omit<SharedValue, "ids" | "bits"> & { expression: Expression };

/** The values of a work that other works have, series first, then authors, then the rarest headings. */
export async function readSharedValues(run: SearchRun, work: Work): Promise<SharedValue[]> {
  const all = valuesOf(work);
  await run.vocabulary.load({ keys: all.map(({ expression }) => expression) });
  const values = [
    ...all.filter((value) => !isHeading(value)),
    ...rarest(run, all.filter(isHeading)),
  ];
  const shared = await Promise.all(values.map((value) => withBooks(run, value)));
  const most = mostWithHeading(run);
  return shared.filter(
    (value) => value.ids.length > 1 && !(isHeading(value) && value.ids.length > most),
  );
}

async function withBooks(
  { index, vocabulary, effort }: SearchRun,
  { expression, ...value }: Value,
): Promise<SharedValue> {
  const known = vocabulary.keyCount(expression);
  const parts = [{ workCount: known ?? FEW_WORKS }];
  // All walks begin at once; those for which nothing is left bring nothing.
  const ids = effort.isSpent()
    ? []
    : await index.walk({ expression, parts, limit: MAX_WITH_VALUE }, effort);
  const count = Math.max(1, ids.length < MAX_WITH_VALUE ? ids.length : (known ?? ids.length));
  return { ...value, ids, bits: Math.log2(index.info.workCount / count) };
}

/** The keys of all values of a work. */
export function valueKeys(work: Work): Set<string> {
  return new Set(valuesOf(work, Number.POSITIVE_INFINITY).map(({ key }) => key));
}

/** The key of a series by its title. */
export function seriesKey(title: string): string {
  return `series ${squash(title)}`;
}

function isHeading({ field }: Pick<Value, "field">): boolean {
  return field === "subject" || field === "topic";
}

function valuesOf(work: Work, maxSeries: number = MAX_SERIES): Value[] {
  const values = new Map<string, Value>();
  const add = (field: Value["field"], text: string, value: string) => {
    // People, places and times are searched as subjects.
    const searched = field === "topic" ? "subject" : field;
    const key = field === "series" ? seriesKey(text) : `${searched} ${value}`;
    if (value === "" || values.has(key)) {
      return;
    }
    values.set(key, { field, text, key, expression: { kind: "value", field: searched, value } });
  };
  for (const { title } of work.series.slice(0, maxSeries)) {
    add("series", title, squash(title));
  }
  for (const { key, name } of work.authors.slice(0, MAX_AUTHORS)) {
    add("author", name, key);
  }
  for (const text of work.subjects) {
    add("subject", text, squash(text));
  }
  for (const text of [...work.people, ...work.places, ...work.times]) {
    add("topic", text, squash(text));
  }
  return [...values.values()];
}

/** The rarest headings, as far as they are rare at all; those that are not counted are few. */
function rarest(run: SearchRun, headings: readonly Value[]): Value[] {
  const count = ({ expression }: Value) => run.vocabulary.keyCount(expression) ?? 0;
  return headings
    .filter((heading) => count(heading) <= mostWithHeading(run))
    .toSorted((one, other) => count(one) - count(other))
    .slice(0, MAX_HEADINGS);
}

function mostWithHeading({ index }: SearchRun): number {
  return Math.max(MOST_IN_SMALL_CATALOGUE, index.info.workCount * MOST_SHARE);
}
