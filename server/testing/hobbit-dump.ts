/** A small dump: two works by Tolkien, with merged, deleted and orphaned records around them. */
import {
  aDumpFile,
  aDumpLine,
  anAuthorLine,
  anEditionLine,
  aRedirectLine,
  aWorkLine,
} from "./dump.ts";

export const tolkien = { author: { key: "/authors/OL26320A" } };

/** Writes the dump's files into a folder. */
export function writeHobbitDump(dumps: string): void {
  aDumpFile(dumps, "works.txt.gz", [
    aWorkLine(1, { title: "The Hobbit", authors: [tolkien], first_publish_date: "1937" }, 2),
    aWorkLine(2, { title: "The Silmarillion", authors: [tolkien] }),
    aWorkLine(3, { title: "Merged away" }),
    aWorkLine(4, { title: "Deleted" }),
    aWorkLine(1, { title: "The Hobit" }, 1),
  ]);
  aDumpFile(dumps, "editions.txt", [
    anEditionLine(1, 1, { title: "The Hobbit", languages: [{ key: "/languages/eng" }] }),
    anEditionLine(2, 5, {
      title: "Der Hobbit",
      languages: [{ key: "/l/ger" }],
      isbn_10: ["3423085665"],
    }),
    anEditionLine(3, undefined, { title: "Farmer Giles of Ham", publish_date: "c1949" }),
    anEditionLine(4, 99, { title: "Of a missing work" }),
    anEditionLine(5, 4, { title: "Of a deleted work" }),
  ]);
  aDumpFile(dumps, "authors.txt", [
    anAuthorLine(26320, { name: "J. R. R. Tolkien", alternate_names: ["Tolkien, John Ronald"] }),
  ]);
  aDumpFile(dumps, "rest.txt", [
    aRedirectLine("/works/OL5W", "/works/OL6W"),
    aRedirectLine("/works/OL6W", "/works/OL1W"),
    aRedirectLine("/works/OL3W", "/works/OL2W"),
    aRedirectLine("/works/OL7W", "/works/OL8W"),
    aRedirectLine("/works/OL8W", "/works/OL7W"),
    aRedirectLine("/authors/OL2A", "/authors/OL26320A"),
    aDumpLine("delete", "/works/OL4W", {}),
  ]);
  aDumpFile(dumps, "ratings.txt", [
    "/works/OL1W\t\\N\t5\t2026-01-01",
    "/works/OL6W\t\t4\t2026-01-01",
  ]);
  aDumpFile(dumps, "log.txt", [
    "/works/OL5W\t\\N\tWant to Read\t2026-01-01",
    "/works/OL1W\t\\N\tAlready Read\t2026-01-02",
    "/works/OL4W\t\\N\tAlready Read\t2026-01-02",
  ]);
}
