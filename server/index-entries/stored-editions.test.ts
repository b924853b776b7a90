import { expect, test } from "vitest";
import { anEdition } from "#server/testing/builders.ts";
import { EditionRow, editionRows, encodeEditions, StoredEditions } from "./stored-editions.ts";

/** A work with so many editions, and the rows that were read of it. */
function stored(count: number) {
  const editions = Array.from({ length: count }, (_, index) =>
    anEdition({ key: `OL${index + 1}M`, languages: index === 700 ? ["ger"] : ["eng"] }),
  );
  const rows = editionRows(encodeEditions(editions));
  const read: number[] = [];
  const found = new StoredEditions(new EditionRow(rows[0] ?? ""), (row) => {
    read.push(row);
    return new EditionRow(rows[row] ?? "");
  });
  return { editions, found, read };
}

test.each([0, 1, 8, 9, 72, 73, 2_000])("keeps %i editions as they are", (count) => {
  const { editions, found } = stored(count);
  expect(found.count).toBe(count);
  expect([...found]).toEqual(editions);
});

test("reads of thousands of editions only the row that is shown", () => {
  const { found, read } = stored(2_000);
  expect(found.choose([])?.key).toBe("OL1M");
  expect(read).toEqual([]);
});

test("reads titles as far as their languages", () => {
  const titles = ['Of "Mice" and [Men]', "Über\\Menschen", "1984"];
  const editions = titles.map((title) =>
    anEdition({ title, subtitle: 'a "play", [in] 3 acts', languages: ["ger", "eng"] }),
  );
  const [first = ""] = editionRows(encodeEditions(editions));
  const found = new StoredEditions(new EditionRow(first), () => new EditionRow(""));
  expect([...found.titles(2)]).toEqual(
    editions.slice(0, 2).map(({ key, title, subtitle, languages }) => ({
      key,
      title,
      subtitle,
      languages,
    })),
  );
});

test("finds the edition in the reader's language in any row", () => {
  const { found } = stored(2_000);
  expect(found.choose(["ger", "eng"])?.key).toBe("OL701M");
});
