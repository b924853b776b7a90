import { expect, test } from "vitest";
import { bytes, duration, ProgressPrinter, progressLine, reportLines } from "./progress-lines.ts";

test("says how far a stage is, how fast and how long it takes", () => {
  const progress = {
    stage: "records",
    done: 1.2e9,
    total: 14.9e9,
    unit: "bytes",
    rows: 3_210_000,
  } as const;
  expect(progressLine(progress, 0.85e9, 10)).toBe(
    "Reading records: 1.2 GB of 14.9 GB (8 %), 3,210,000 rows, 85.0 MB/s, 2 min 41 s left",
  );
  expect(progressLine(progress, 0, 0)).toBe(
    "Reading records: 1.2 GB of 14.9 GB (8 %), 3,210,000 rows",
  );
});

test("writes one changing line on a terminal and a line now and then elsewhere", () => {
  const shown = (isTerminal: boolean) => {
    let text = "";
    let now = 0;
    const printer = new ProgressPrinter(
      (part) => (text += part),
      isTerminal,
      () => now,
    );
    for (let done = 0; done <= 100; done++) {
      printer.show({ stage: "join", done, total: 100, unit: "partitions", rows: 0 });
      now += 300;
    }
    printer.end();
    return text;
  };
  expect(shown(false).trimEnd().split("\n").length).toBe(3);
  expect(shown(true).split("\r").length).toBe(102);
  expect(shown(true).split("\n").length).toBe(2);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1500, "1.5 kB"],
  [290_000_000, "290 MB"],
])("writes %d bytes as %s", (value, text) => {
  expect(bytes(value)).toBe(text);
});

test.each([
  [4.25, "4.3 s"],
  [59, "59 s"],
  [161, "2 min 41 s"],
  [4320, "1 h 12 min"],
])("writes %d seconds as %s", (value, text) => {
  expect(duration(value)).toBe(text);
});

test("reports what was read, kept, skipped, mended and written", () => {
  const lines = reportLines({
    source: "Open Library dump 2026-10-31",
    files: [
      {
        path: "works.txt.gz",
        kind: "records",
        sizeBytes: 2_000_000,
        rows: 12,
        kept: { work: { count: 10, examples: [] } },
        skipped: { "bad key": { count: 2, examples: ["/works/x"] } },
      },
    ],
    ignoredFiles: [{ path: "lists.txt", reason: "is no dump" }],
    warnings: { "edition.lccn is no valid LCCN": { count: 1, examples: ["abc"] } },
    joined: {
      works: 10,
      editions: 20,
      orphanEditions: 1,
      olderCopiesOfWorks: 1,
      olderCopiesOfEditions: 0,
      entries: 11,
      authors: 5,
      olderCopiesOfAuthors: 0,
      edits: 2,
      madeBooks: 0,
      conflicts: 1,
    },
    sizeBytes: 11_000,
    seconds: 2,
  });
  expect(lines).toMatchInlineSnapshot(`
    [
      "Source: Open Library dump 2026-10-31",
      "",
      "works.txt.gz (records, 2.0 MB): 12 rows",
      "  kept 10 work",
      "  skipped 2 bad key e.g. ‹/works/x›",
      "lists.txt: not read; is no dump",
      "",
      "Mended or left out of records:",
      "  1 edition.lccn is no valid LCCN e.g. ‹abc›",
      "",
      "Works: 10, and 1 editions without a work that stand as works of their own: 11 books",
      "Editions: 20; authors: 5",
      "Older copies of records that came twice: 1",
      "Edits made here and replayed: 2",
      "Edits in conflict (npm run catalog -- conflicts): 1",
      "Catalogue: 11.0 kB, 1,000 bytes per book",
      "Time: 2.0 s, 6 books/s",
    ]
  `);
});
