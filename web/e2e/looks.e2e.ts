import { expect, type Page, test } from "@playwright/test";
import { partsUrl } from "./parts-url.ts";

/**
 * How pages look, compared with pictures taken before: `npx playwright test looks --update-snapshots`
 * takes them anew. Letters are drawn a little differently on every system, so this is for one kind.
 */
test.skip(
  process.platform !== "linux" || process.arch !== "x64",
  "the pictures were taken on Linux, x64",
);
test.use({ viewport: { width: 390, height: 480 }, reducedMotion: "reduce" });

const themes = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  forced: { colorScheme: "dark", forcedColors: "active" },
} as const;

const pages: Readonly<Record<string, string>> = {
  home: "/",
  results: "/?q=tolkein",
  filtered: "/?q=history&language=eng&not-subject=Drama",
  nothing: "/?q=xqzzvw+qqqzz&exact",
  parts: "/?q=author%3Aausten+-emma",
  series: "/?series=The+Lord+of+the+Rings&order=series",
  settings: "/settings",
  about: "/about",
  missing: "/nowhere",
  book: "/books/OL90000022W",
};

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
}

/** One page, in one theme after the other. */
async function compare(page: Page, name: string): Promise<void> {
  for (const [theme, media] of Object.entries(themes)) {
    await page.emulateMedia({ reducedMotion: "reduce", ...media });
    await settle(page);
    await expect.soft(page).toHaveScreenshot(`${name}-${theme}.png`);
  }
}

for (const [name, path] of Object.entries(pages)) {
  test(`the page "${name}" looks as it did in every theme`, async ({ page }) => {
    await page.goto(path);
    await settle(page);
    await compare(page, name);
  });
}

test("the parts look as they did in every theme", async ({ page }) => {
  await page.goto(`${partsUrl}/_ui`);
  await page.getByRole("heading", { name: "Parts" }).waitFor();
  await page.setViewportSize({ width: 390, height: 1800 });
  await settle(page);
  await compare(page, "ui");
});
