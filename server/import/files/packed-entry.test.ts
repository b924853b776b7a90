import { expect, test } from "vitest";
import { prepareEntry } from "#server/index-entries/prepare-entry.ts";
import { anEdition, anEntry } from "#server/testing/builders.ts";
import { packEntry, unpackRest, unpackWords } from "./packed-entry.ts";
import { partSeparatorCode } from "./runs.ts";

test.each([
  ["an entry", anEntry()],
  ["an entry without editions", anEntry({ editions: [] })],
  [
    "an entry with quotes, other scripts and several editions",
    anEntry({
      work: { title: 'The "Idiot" \\ Идиот 白痴', description: "One.\nTwo \u{1f409}." },
      editions: [anEdition({ key: "OL1M" }), anEdition({ key: "OL2M", title: "L'Idiot" })],
    }),
  ],
])("gives back %s", (_name, entry) => {
  const prepared = prepareEntry(entry);
  const payload = Buffer.from(packEntry(prepared).join(String.fromCharCode(partSeparatorCode)));
  expect({ ...unpackRest(payload), words: unpackWords(payload) }).toEqual(prepared);
});
