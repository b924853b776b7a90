/** Queries of signs alone. */
import { describe, expect, test } from "vitest";
import { plainSearch } from "#server/catalog/plain-search.ts";
import { anEntry } from "#server/testing/builders.ts";
import { sharedCatalog } from "#server/testing/shared-catalog.ts";

const book = (key: string, title: string) => anEntry({ work: { key, title } });
const catalog = sharedCatalog([
  book("OL1W", "Emma"),
  book("OL2W", "?"),
  book("OL3W", "Persuasion"),
]);

async function searched(query: string): Promise<{ titles: string[]; reasons: string[] }> {
  const { results, interpretation } = await catalog.search(plainSearch(query));
  return {
    titles: results.map(({ work }) => work.title),
    reasons: interpretation.notices.map(({ reason }) => reason),
  };
}

describe("signs alone", () => {
  test.each(["?", '"?"', "title:?", "(?)"])("%s finds a title of them", async (query) => {
    expect(await searched(query)).toEqual({ titles: ["?"], reasons: [] });
  });

  const elsewhere = ["*", "!!!", "* *", "-*", '"*"', "title:*", "author:*", "subject:*", "%", "…"];
  test.each([...elsewhere, "* | %", "* OR ?", "title:(*)", "☺"])(
    "%s finds nothing where no title has them, and says what would",
    async (query) => {
      expect(await searched(query)).toEqual({ titles: [], reasons: ["only_signs"] });
    },
  );

  test.each(["emma *", "emma OR *", 'emma "!"', "emma title:*"])(
    "%s is searched without them",
    async (query) => expect((await searched(query)).titles).toEqual(["Emma"]),
  );
});
