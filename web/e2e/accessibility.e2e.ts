import type { Page } from "@playwright/test";
import { axeViolations, expect, resultLink, results, test } from "./fixtures.ts";

const pages: Record<string, (page: Page) => Promise<void>> = {
  "the first page": async (page) => {
    await page.goto("/");
    await page.getByRole("heading", { name: "Most read" }).waitFor();
    await page.getByRole("link", { name: /, by / }).first().waitFor();
  },
  results: async (page) => {
    await page.goto("/?q=tolkein&not-subject=War+stories");
    await results(page).first().waitFor();
  },
  "an empty result": async (page) => {
    await page.goto("/?q=xqzzvw+qqqzz&exact&subject=Nothing");
    await page.getByText("No book").waitFor();
  },
  "a book": async (page) => {
    await page.goto("/?q=war+and+peace+tolstoy");
    await resultLink(page, "War and Peace").click();
    await page.getByRole("heading", { name: /editions?$/ }).waitFor();
    await page.getByRole("heading", { name: /^More by/ }).waitFor();
  },
  "an author": async (page) => {
    await page.goto("/?q=virginia+woolf");
    await results(page).first().getByRole("link", { name: "Virginia Woolf" }).click();
    await page.getByRole("heading", { name: "Books, the most read first" }).waitFor();
  },
  "the page about": async (page) => {
    await page.goto("/about");
    await page.getByText("Source: ").waitFor();
  },
  "a page that isn't there": async (page) => {
    await page.goto("/nowhere");
    await page.getByRole("heading", { name: "There is no such page." }).waitFor();
  },
};

for (const theme of ["light", "dark", "contrast"] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ reducedMotion: "reduce" });
    for (const [name, open] of Object.entries(pages)) {
      test(`axe finds nothing wrong with ${name}`, async ({ page }) => {
        await page.addInitScript((chosen) => {
          localStorage.setItem("bookfinder.settings", JSON.stringify({ theme: chosen }));
        }, theme);
        await open(page);
        expect(await axeViolations(page)).toEqual([]);
      });
    }
  });
}
