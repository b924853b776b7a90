import { create, toBinary } from "@bufbuild/protobuf";
import type { Locator } from "@playwright/test";
import { SearchBooksResponseSchema } from "#proto/bookfinder/v1/search_pb.ts";
import {
  drawn,
  expect,
  expectNothingTooWide,
  listOf,
  resultLink,
  results,
  searchField,
  test,
} from "./fixtures.ts";

const widths = [320, 390, 820, 1280, 2560] as const;

/** The contrast of an element's text with what it stands on, by WCAG's formula. */
async function contrastOf(element: Locator): Promise<number> {
  return element.evaluate((target) => {
    const luminance = (color: string) => {
      const context = document.createElement("canvas").getContext("2d");
      if (context === null) {
        return 0;
      }
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = [...context.getImageData(0, 0, 1, 1).data].map(
        (value) => {
          const share = value / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        },
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    let ground: Element | null = target;
    while (ground !== null && /rgba\(.*, 0\)/.test(getComputedStyle(ground).backgroundColor)) {
      ground = ground.parentElement;
    }
    const one = luminance(getComputedStyle(target).color);
    const other = luminance(ground === null ? "white" : getComputedStyle(ground).backgroundColor);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} forced colours`, () => {
    test.use({ forcedColors: "active", colorScheme });

    test("matched words can be read", async ({ page }) => {
      await page.goto("/?q=emma");
      const mark = results(page).locator("mark").first();
      await expect(mark).toBeVisible();
      expect(await contrastOf(mark)).toBeGreaterThan(4.5);
    });
  });
}

test("the header's words stay whole at every width", async ({ page }) => {
  await page.goto("/?q=emma");
  await expect(results(page).first()).toBeVisible();
  const about = page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "About" });
  const name = page.getByRole("banner").getByRole("link").first();
  for (const width of [...widths, 768, 800, 900, 960]) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => about.evaluate((link) => link.getClientRects().length), `lines at ${width} px`)
      .toBe(1);
    // Two lines would be more than twice as high as the letters.
    const linesOfName = () =>
      name.evaluate((link) =>
        Math.floor(link.clientHeight / Number.parseFloat(getComputedStyle(link).fontSize)),
      );
    await expect.poll(linesOfName, `lines of the name at ${width} px`).toBe(1);
    await expectNothingTooWide(page);
  }
});

test("the placeholder is not cut on a phone", async ({ page }) => {
  await page.goto("/");
  await drawn(page);
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const isCut = () =>
      searchField(page).evaluate((field: HTMLInputElement) => {
        field.value = field.placeholder;
        return field.scrollWidth > field.clientWidth;
      });
    await expect.poll(isCut, `cut at ${width} px`).toBe(false);
  }
});

test("remarks don't multiply while brackets are typed", async ({ page }) => {
  await page.goto("/");
  await searchField(page).pressSequentially("((((((emma", { delay: 20 });
  await searchField(page).press("Enter");
  await listOf(page, "((((((emma");
  await expect(resultLink(page, "Emma")).toBeVisible();
  const remarks = await page.locator("main p").allTextContents();
  const about = remarks.filter((text) => /bracket|parenthes/i.test(text));
  expect(about.length).toBe(new Set(about).size);
  expect(about.length).toBeLessThanOrEqual(2);
});

test("a long query leaves room for what it found", async ({ page }) => {
  await page.goto("/");
  const query = "emma wordwordword ".repeat(110).trim();
  await searchField(page).fill(query);
  await listOf(page, query);
  const lengths = await page
    .locator("main p")
    .evaluateAll((lines) => lines.map((line) => line.textContent?.length ?? 0));
  expect(Math.max(0, ...lengths)).toBeLessThan(400);
});

test("high contrast survives switching between light and dark", async ({ page }) => {
  await page.goto("/settings");
  await page.getByLabel("High contrast", { exact: true }).check();
  await page.getByRole("button", { name: "Switch to the dark theme" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "contrast-dark");
  await page.getByRole("button", { name: "Switch to the light theme" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "contrast-light");
});

test("what is printed is dark on white, in the dark theme, too", async ({ page }) => {
  await page.addInitScript(() =>
    localStorage.setItem("bookfinder.settings", JSON.stringify({ theme: "dark" })),
  );
  await page.goto("/?q=emma");
  await page.emulateMedia({ media: "print" });
  const title = resultLink(page, "Emma");
  await expect(title).toBeVisible();
  // Its choice is not printed, nor is its name.
  await expect(page.getByText("Order", { exact: true })).toBeHidden();
  expect(await contrastOf(title)).toBeGreaterThan(7);
  const paper = await page.evaluate(
    () => getComputedStyle(document.documentElement).backgroundColor,
  );
  expect(paper).toMatch(/255, 255, 255|^#fff|oklch\(1 |white/);
});

test("a shelf is moved along by mouse", async ({ page }) => {
  await page.goto("/");
  const shelf = page.getByRole("region", { name: "Most read" });
  await shelf.getByRole("link", { name: /, by / }).first().waitFor();
  await shelf.getByRole("button", { name: "Further along Most read" }).click();
  await expect
    .poll(() => shelf.getByRole("list").evaluate((row) => row.scrollLeft))
    .toBeGreaterThan(200);
});

const hostile = [
  { title: "<script>alert(1)</script><img src=x onerror=alert(2)>", author: "<b>Bobby</b>" },
  { title: "\u202eevil \u2066title\u2069 \u200f", author: "\u202ereversed" },
  { title: "x".repeat(2000), author: "y".repeat(500) },
  { title: "الأيام الطويلة", author: "طه حسين" },
  { title: "Untitled", author: "" },
];

test("a hostile catalogue runs nothing and breaks nothing", async ({ page }) => {
  let dialogs = 0;
  page.on("dialog", async (dialog) => {
    dialogs += 1;
    await dialog.dismiss();
  });
  const response = create(SearchBooksResponseSchema, {
    results: hostile.map(({ title, author }, index) => ({
      book: {
        name: `books/OL${index + 1}W`,
        title,
        subtitle: title,
        description: title,
        authors: author === "" ? [] : [{ author: "authors/OL1A", displayName: author }],
        series: [{ title, position: "1" }],
      },
    })),
    total: { value: hostile.length },
  });
  await page.goto("/about");
  await page.route("**/bookfinder.v1.BookService/SearchBooks*", (route) =>
    route.fulfill({
      contentType: "application/proto",
      body: Buffer.from(toBinary(SearchBooksResponseSchema, response)),
    }),
  );
  await searchField(page).fill("anything");
  await listOf(page, "anything");
  await expect(results(page)).toHaveCount(hostile.length);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await expectNothingTooWide(page);
  }
  // A title in another direction stands on the side of its authors.
  const arabic = results(page).nth(3);
  const distance = async () => {
    const title = await arabic.getByRole("heading").getByRole("link").boundingBox();
    const author = await arabic.getByRole("link", { name: "طه حسين" }).boundingBox();
    return Math.abs((title?.x ?? 0) - (author?.x ?? 999));
  };
  await expect.poll(distance).toBeLessThan(24);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(distance).toBeLessThan(24);
  // So does its subtitle, which has a line of its own here.
  const subtitle = async () => {
    const box = await arabic.getByRole("heading").locator("span[dir]").last().boundingBox();
    const title = await arabic.getByRole("heading").boundingBox();
    return Math.abs((box?.x ?? 999) - (title?.x ?? 0));
  };
  await expect.poll(subtitle).toBeLessThan(24);
  // A title of 2,000 letters leaves the books after it within reach.
  const heights = await results(page).evaluateAll((items) =>
    items.map((item) => item.clientHeight),
  );
  expect(Math.max(...heights)).toBeLessThan(844);
  expect(dialogs).toBe(0);
});
