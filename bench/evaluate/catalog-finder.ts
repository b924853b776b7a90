import type { Catalog } from "#server/catalog/catalog.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { type Finder, searchRequest } from "./finder.ts";
import type { EvaluateOptions } from "./options.ts";

/** Opens a catalogue with the parts switched off that an ablation leaves out. */
export function openForEvaluation(path: string, options: EvaluateOptions): Catalog {
  return openSqliteCatalog(path, {
    ...(options.effort === undefined ? {} : { effort: options.effort }),
    ladder: {
      popularity: options.popularity,
      spelling: options.spelling,
      ...(options.candidates === undefined ? {} : { candidates: options.candidates }),
    },
  });
}

/** The reasons of the notices that say that a search stopped early. */
export const earlyEnds: ReadonlySet<string> = new Set(["stopped_early", "deadline"]);

/** BookFinder in this process, through the interface that the server uses. */
export function catalogFinder(catalog: Catalog): Finder {
  return {
    name: "BookFinder",
    async find(query) {
      const { results, interpretation } = await catalog.search(searchRequest(query));
      return {
        keys: results.map(({ work }) => work.key),
        duplicates: results.map(({ duplicates }) => duplicates.map(({ key }) => key)),
        cutShort: interpretation.notices.some(({ reason }) => earlyEnds.has(reason)),
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
