import type { Page } from "@playwright/test";
import {
  axeViolations,
  expect,
  listOf,
  resultLink,
  results,
  searchField,
  test,
} from "./fixtures.ts";

const pages: Record<string, (page: Page) => Promise<void>> = {
  "the first page": async (page) => {
    await page.goto("/");
    await page
      .getByRole("region", { name: "Most read" })
      .getByRole("link", { name: /, by / })
      .first()
      .waitFor();
  },
  results: async (page) => {
    await page.goto("/?q=tolkein&not-subject=War+stories");
    await listOf(page, "tolkein");
  },
  "an empty result": async (page) => {
    await page.goto("/?q=xqzzvw+qqqzz&exact&subject=Nothing");
    await page.getByText("No book answers").waitFor();
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
  settings: async (page) => {
    await page.goto("/settings");
    await page.getByRole("group", { name: "Theme" }).waitFor();
  },
  "suggestions and recent searches": async (page) => {
    await page.goto("/");
    await searchField(page).fill("austen");
    await page.keyboard.press("Enter");
    await searchField(page).fill("");
    await searchField(page).click();
    await page.getByRole("option", { name: "austen" }).waitFor();
  },
};

/** Where only a part of a page is new. */
const parts: Readonly<Record<string, string>> = { "suggestions and recent searches": "header" };

/** Beside the light one. Its page stays open: what they change is colours. */
const otherThemes = ["dark", "contrast", "contrast-dark", "forced colours"] as const;

async function changeTheme(page: Page, theme: (typeof otherThemes)[number]): Promise<void> {
  if (theme === "forced colours") {
    await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  }
  await page.evaluate(
    (name) => {
      document.documentElement.dataset["theme"] = name;
    },
    theme === "forced colours" ? "dark" : theme,
  );
}

test.use({ reducedMotion: "reduce" });
// Axe looks at every element of a page, five times over.
test.describe.configure({ timeout: 180_000 });

for (const [name, open] of Object.entries(pages)) {
  test(`axe finds nothing wrong with ${name}, in any theme`, async ({ page }) => {
    await open(page);
    expect(await axeViolations(page, "all", parts[name]), "light").toEqual([]);
    for (const theme of otherThemes) {
      await changeTheme(page, theme);
      expect.soft(await axeViolations(page, "colours", parts[name]), theme).toEqual([]);
    }
  });
}

test.describe("an address without a page", () => {
  // The browser reports the status 404 in its console.
  test.use({ consoleErrors: "expected" });

  test("axe finds nothing wrong with it", async ({ page }) => {
    await page.goto("/nowhere");
    await searchField(page).waitFor();
    await page.getByRole("heading", { name: "There is no such page." }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});

test.describe("when the server does not answer", () => {
  test.use({ consoleErrors: "expected" });

  test("axe finds nothing wrong with what is said, in any theme", async ({ page }) => {
    await page.goto("/?q=emma");
    await listOf(page, "emma");
    await page.route("**/bookfinder.v1.BookService/*", (route) => route.abort("connectionrefused"));
    await searchField(page).fill("dune");
    await page.getByRole("alert").waitFor();
    expect(await axeViolations(page), "light").toEqual([]);
    for (const theme of otherThemes) {
      await changeTheme(page, theme);
      expect.soft(await axeViolations(page, "colours"), theme).toEqual([]);
    }
  });
});

test("axe finds nothing wrong with the list of keys", async ({ page }) => {
  await page.goto("/about");
  await searchField(page).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

test.describe("before the scripts are there", () => {
  test.use({ consoleErrors: "expected" });

  test("axe finds nothing wrong with what the server has written", async ({ page }) => {
    await page.route("**/assets/*.js", (route) => route.abort());
    for (const address of ["/", "/?q=tolkein", "/books/OL90000022W"]) {
      await page.goto(address);
      await page.getByRole("searchbox", { name: "Search books" }).waitFor();
      expect(await axeViolations(page), address).toEqual([]);
    }
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("axe finds nothing wrong with the sheet of filters", async ({ page }) => {
    await page.goto("/?q=history&language=eng");
    await page.getByRole("button", { name: "Filters (1)" }).click();
    await page.getByRole("dialog", { name: "Filters" }).getByRole("group").first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
