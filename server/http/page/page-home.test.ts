import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { examples } from "./page-home.ts";

test("the written examples are those that the page's scripts put in their place", () => {
  const source = readFileSync("web/pages/home/examples.tsx", "utf8");
  const shown = [...source.matchAll(/\{ query: "([^"]+)", note: "([^"]+)" \}/g)];
  expect(shown.map(([, query, note]) => ({ query, note }))).toEqual(examples);
});
