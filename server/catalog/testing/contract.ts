/**
 * What every engine must answer: the tests of searching, run against catalogues that `open` makes. The
 * tests themselves stand beside what they are about, where they run against SQLite. Left out is what an
 * engine may do otherwise: how far it looks while somebody types (title-prefixes.test.ts).
 */
import { describe } from "vitest";
import { type OpenCatalog, useEngine } from "#server/testing/catalog.ts";

/** Runs the contract against an engine. Call it in a test file of its own. */
export function describeCatalog(name: string, open: OpenCatalog): void {
  describe(name, async () => {
    // Before the tests are loaded: some open their catalogue at once.
    useEngine(open);
    await import("#server/sqlite/catalog.test.ts");
    await import("#server/match/match-row.test.ts");
    await import("#server/search/answers.test.ts");
    await import("#server/search/search.test.ts");
    await import("#server/search/signs.test.ts");
    await import("#server/search/suggest.test.ts");
    await import("#server/search/understand/known-values.test.ts");
    await import("#server/search/retrieve/filtered.test.ts");
    await import("#server/search/retrieve/misremembered.test.ts");
    await import("#server/search/retrieve/phrases.test.ts");
    await import("#server/search/answer/duplicates.test.ts");
    await import("#server/search/answer/whole-catalog-facet.test.ts");
    await import("#server/search/answer/reasons.test.ts");
    await import("../../../test/complaints/first-place.test.ts");
    await import("../../../test/complaints/spelling-and-scripts.test.ts");
    await import("../../../test/complaints/filters-and-orders.test.ts");
    await import("../../../test/complaints/editions-and-identifiers.test.ts");
    await import("../../../test/complaints/dirt-and-other-names.test.ts");
  });
}
