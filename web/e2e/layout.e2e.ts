import type { Locator } from "@playwright/test";
import { drawn, expect, expectNothingTooWide, results, searchField, test } from "./fixtures.ts";

/** Addresses, with words that stand on the page when it is complete. */
const addresses = {
  "/": "Before the printing press",
  "/?q=history&language=eng": "Show more",
  "/about": "Source: ",
  "/settings": "Lamplight",
};

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test("nothing is wider than the screen", async ({ page }) => {
    for (const [address, content] of Object.entries(addresses)) {
      await page.goto(address);
      await drawn(page);
      await page.getByText(content).first().waitFor();
      await expectNothingTooWide(page);
    }
  });

  test("a book's page and its editions fit", async ({ page }) => {
    await page.goto("/?q=war+and+peace");
    await results(page).first().getByRole("heading").getByRole("link").click();
    await page.getByRole("heading", { name: /editions?$/ }).waitFor();
    await expectNothingTooWide(page);
  });

  test("filters are in a sheet that opens on a tap", async ({ page }) => {
    await page.goto("/?q=history");
    const language = page.getByRole("group", { name: "Language" });
    await expect(results(page).first()).toBeVisible();
    await expect(language).toBeHidden();
    await page.getByRole("button", { name: "Filters" }).click();
    const sheet = page.getByRole("dialog", { name: "Filters" });
    await expect(sheet.getByRole("heading", { name: "Filters" })).toBeFocused();
    await expect(language).toBeVisible();
  });
});

test("what stands above the results is in two rows on a phone", async ({ page }) => {
  await page.goto("/?q=history");
  await expect(results(page).first()).toBeVisible();
  const middle = async (element: Locator) => {
    const { y = 0, height = 0 } = (await element.boundingBox()) ?? {};
    return Math.round((y + height / 2) / 10);
  };
  const filters = page.getByRole("button", { name: "Filters" });
  const order = page.getByLabel("Order");
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expect
      .poll(async () => middle(page.getByRole("heading", { level: 1 })))
      .toBe(await middle(filters));
    await expect
      .poll(async () => middle(page.getByRole("button", { name: "Grid of covers" })))
      .toBe(await middle(order));
    const { x = 0, width: orderWidth = 0 } = (await order.boundingBox()) ?? {};
    expect(x + orderWidth, "where the order ends").toBeCloseTo(width - 16, -1);
  }
});

test("no line of facts begins or ends with the dot between two facts", async ({ page }) => {
  await page.goto("/?q=austen");
  await expect(results(page).first()).toBeVisible();
  for (const width of [320, 340, 360, 390]) {
    await page.setViewportSize({ width, height: 844 });
    const indents = await page.evaluate(() =>
      [...document.querySelectorAll("[data-facts]")].flatMap((line) => {
        const start = line.parentElement?.getBoundingClientRect().left ?? 0;
        const lefts = new Map<number, number>();
        for (const fact of line.children) {
          const { top, left } = fact.getBoundingClientRect();
          const text = left + Number.parseFloat(getComputedStyle(fact).paddingInlineStart);
          lefts.set(Math.round(top), Math.min(lefts.get(Math.round(top)) ?? text, text));
        }
        return [...lefts.values()].map((left) => Math.round(left - start)).filter((by) => by !== 0);
      }),
    );
    expect(indents, `indented at ${width} px`).toEqual([]);
    expect(await results(page).first().locator("[data-facts]").textContent()).not.toContain("·");
  }
});

test("a shelf's buttons stand beside its title at every width", async ({ page }) => {
  await page.goto("/");
  const shelf = page.getByRole("region", { name: "A hundred years ago" });
  const button = shelf.getByRole("button", { name: /^Further along/ });
  for (const width of [320, 390, 820]) {
    await page.setViewportSize({ width, height: 844 });
    const distance = async () => {
      const title = await shelf.getByRole("heading").boundingBox();
      const step = await button.boundingBox();
      return Math.abs((title?.y ?? 0) - (step?.y ?? 999));
    };
    await expect.poll(distance, `at ${width} px`).toBeLessThan(12);
  }
});

test("the text of every cover stays on it in this browser's fonts", async ({ page }) => {
  await page.goto("/");
  const shelf = page.getByRole("region", { name: "Most read" });
  const books = shelf.getByRole("link", { name: /, by / });
  await expect(books).toHaveCount(20);
  // They are drawn when they come near.
  for (const book of await books.all()) {
    await book.scrollIntoViewIfNeeded();
  }
  await expect(shelf.locator("svg[viewBox]:has(text)")).toHaveCount(20);
  const outside = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<SVGTextElement>("svg text")].flatMap((text) => {
        const box = text.getBoundingClientRect();
        const cover = text.closest("svg[viewBox]")?.getBoundingClientRect() ?? box;
        const isInside = box.left >= cover.left - 1 && box.right <= cover.right + 1;
        return isInside ? [] : [text.textContent];
      }),
    );
  // Polled: a font that a cover is the first to ask for comes a moment later.
  await expect.poll(outside).toEqual([]);
});

test("a query of 2,000 letters breaks nothing", async ({ page }) => {
  await page.goto("/");
  await searchField(page).fill("wordwordword ".repeat(200));
  await expect(page.getByRole("heading", { level: 1, name: "Nothing found" })).toBeVisible();
  await expectNothingTooWide(page);
});

test("nothing moves while the first page loads", async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // LayoutShift is not in TypeScript's library yet.
        const { value } = entry as PerformanceEntry & { value: number };
        Object.assign(window, { shifts: Object(window).shifts + value });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto("/");
  await drawn(page);
  await page.getByText("Before the printing press").waitFor();
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate(() => Object(window).shifts)).toBeLessThan(0.02);
});
