import { type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
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

const themes: Readonly<Record<string, BrowserContextOptions>> = {
  light: {},
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "dark", forcedColors: "active" },
};

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

for (const [theme, media] of Object.entries(themes)) {
  test.describe(`in the ${theme} theme`, () => {
    test.use(media);

    for (const [name, path] of Object.entries(pages)) {
      test(`the page "${name}" looks as it did`, async ({ page }) => {
        await page.goto(path);
        await settle(page);
        await expect(page).toHaveScreenshot(`${name}-${theme}.png`);
      });
    }

    test("the parts look as they did", async ({ page }) => {
      await page.goto(`${partsUrl}/_ui`);
      await page.getByRole("heading", { name: "Parts" }).waitFor();
      await page.setViewportSize({ width: 390, height: 1800 });
      await settle(page);
      await expect(page).toHaveScreenshot(`ui-${theme}.png`);
    });
  });
}
