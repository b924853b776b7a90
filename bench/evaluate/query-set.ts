import { readFileSync } from "node:fs";

/** A query with the works that answer it. */
export type EvaluatedQuery = {
  /** "typo-slip/head" */
  className: string;
  text: string;
  /** Keys without a collection in front: "OL80000042W". */
  accepted: ReadonlySet<string>;
  /** The last word is still being typed. */
  unfinished: boolean;
};

export const TIP_OF_TONGUE = "tip-of-tongue";

/** Classes of the set that asks as people phrase it: "say/about", "say/link" … */
const PHRASING = "say/";

/** A set of classes that has an average of its own. */
export type QuerySet = { name: string; has(className: string): boolean };

/** Titles and names as they are typed, and as people phrase what they look for. */
export const querySets: readonly QuerySet[] = [
  {
    name: "titles and names",
    has: (className) => !className.startsWith(PHRASING) && className !== TIP_OF_TONGUE,
  },
  { name: "phrasings", has: (className) => className.startsWith(PHRASING) },
];

/** Reads `class \t query \t accepted keys`; the first line names the columns. */
export function readQueries(file: string): EvaluatedQuery[] {
  const [, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line, index) => {
    const [className, text, keys] = line.split("\t");
    if (className === undefined || text === undefined || keys === undefined) {
      throw new Error(`${file}:${index + 2}: expected three columns, separated by tabs`);
    }
    return {
      className,
      text,
      accepted: new Set(keys.split(",").map((key) => key.replace("/works/", ""))),
      unfinished: className.startsWith("prefix/"),
    };
  });
}

/** The queries of some classes, at most `limit` of each, evenly spread over the class. */
export function selectQueries(
  queries: readonly EvaluatedQuery[],
  classes: readonly string[],
  limit: number | undefined,
): EvaluatedQuery[] {
  const groups = Map.groupBy(
    queries.filter(
      ({ className }) => classes.length === 0 || classes.some((name) => className.startsWith(name)),
    ),
    ({ className }) => className,
  );
  return [...groups.values()].flatMap((group) => {
    if (limit === undefined || group.length <= limit) {
      return group;
    }
    return group.filter(
      (_, index) =>
        Math.floor((index * limit) / group.length) !==
        Math.floor(((index - 1) * limit) / group.length),
    );
  });
}
