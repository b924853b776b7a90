import type { Page, Route } from "@playwright/test";
import { expect, listOf, resultLink, results, searchField, test } from "./fixtures.ts";

const searches = "**/bookfinder.v1.BookService/SearchBooks*";
const list = (page: Page) => page.getByRole("list", { name: "Books found" });

/** A network under the test's control: an answer comes when the test lets it. */
class HeldSearches {
  #routes: Route[] = [];
  readonly #page: Page;
  #isOpen = false;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async of(page: Page): Promise<HeldSearches> {
    const held = new HeldSearches(page);
    await page.route(searches, async (route) => {
      if (held.#isOpen) {
        await goOn(route);
      } else {
        held.#routes.push(route);
      }
    });
    // Those that the page has given up are no longer answered.
    page.on("requestfailed", (request) => {
      held.#routes = held.#routes.filter((route) => route.request() !== request);
    });
    return held;
  }

  get count(): number {
    return this.#routes.length;
  }

  /** Waits until so many more searches have been asked. */
  async arrive(count: number): Promise<void> {
    await expect.poll(() => this.count).toBeGreaterThanOrEqual(count);
  }

  /** Comes back when one was answered: the page may give up some before that. */
  async answerOldest(): Promise<void> {
    let isAnswered = false;
    while (!isAnswered) {
      await this.arrive(1);
      isAnswered = await this.#answer(this.#routes.shift());
    }
  }

  async answerNewest(): Promise<void> {
    await this.#answer(this.#routes.pop());
  }

  /** From now on everything is answered, and so is what was held. */
  async open(): Promise<void> {
    this.#isOpen = true;
    while (this.count > 0) {
      await this.#answer(this.#routes.shift());
    }
  }

  /** False if the page has given the search up. */
  async #answer(route: Route | undefined): Promise<boolean> {
    const request = route?.request();
    if (route === undefined || request === undefined || request.failure() !== null) {
      return false;
    }
    const isOver = (other: unknown) => other === request;
    const over = Promise.race([
      this.#page.waitForEvent("requestfinished", isOver).then(() => true),
      this.#page.waitForEvent("requestfailed", isOver).then(() => false),
    ]);
    await goOn(route);
    return over;
  }
}

/** A search that the page has cancelled can't go on. */
function goOn(route: Route): Promise<void> {
  return route.continue().catch(() => undefined);
}

test("on a slow network lists come while somebody types", async ({ page }) => {
  await page.goto("/about");
  await searchField(page).waitFor();
  const held = await HeldSearches.of(page);
  const query = "pride and prejudice";
  const shown: string[] = [];
  await searchField(page).focus();
  for (const [place, letter] of [...query].entries()) {
    await page.keyboard.type(letter);
    // Three keys later an answer is there: a round trip of 300 ms for who types a key in 100 ms.
    if (place < 3 || place % 3 !== 0) {
      continue;
    }
    await held.arrive(1);
    await held.answerOldest();
    // Typing goes on only when a list is there that wasn't: none at all, and this never passes.
    await expect(list(page)).not.toHaveAttribute("data-query", shown.at(-1) ?? "");
    shown.push((await list(page).getAttribute("data-query")) ?? "");
  }
  expect(shown.length).toBeGreaterThanOrEqual(Math.floor(query.length / 3));
  expect(shown.filter((each) => each === "" || !query.startsWith(each))).toEqual([]);
  await held.open();
  await listOf(page, query);
  await expect(resultLink(page, "Pride and Prejudice")).toBeVisible();
});

test("of answers that overtake each other the newest query's stays", async ({ page }) => {
  await page.goto("/about");
  await searchField(page).waitFor();
  const held = await HeldSearches.of(page);
  await searchField(page).pressSequentially("emma");
  await held.arrive(4);
  await held.answerNewest();
  await listOf(page, "emma");
  await expect(resultLink(page, "Emma")).toBeVisible();
  // Those of "emm", "em" and "e" come late.
  await held.open();
  await page.waitForLoadState("networkidle");
  await listOf(page, "emma");
});

test("while an answer takes seconds, the list before it stays and says that it is the one before", async ({
  page,
}) => {
  await page.goto("/?q=emma");
  await listOf(page, "emma");
  const held = await HeldSearches.of(page);
  await searchField(page).fill("dune");
  await held.arrive(1);
  await expect(list(page)).toHaveAttribute("aria-busy", "true");
  await expect(resultLink(page, "Emma")).toBeVisible();
  await searchField(page).fill("dracula");
  await held.arrive(1);
  await held.open();
  await listOf(page, "dracula");
  await expect(resultLink(page, "Dracula")).toBeVisible();
});

test.describe("when the server stops while one searches", () => {
  test.use({ consoleErrors: "expected" });

  test("the list stays, and the search goes on without a click", async ({ page, context }) => {
    await page.goto("/?q=emma");
    await listOf(page, "emma");
    await context.setOffline(true);
    await searchField(page).press("End");
    await searchField(page).pressSequentially(" austen");
    await expect(page.getByRole("alert")).toContainText("What was found before stays below");
    await expect(resultLink(page, "Emma")).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByRole("alert")).toBeHidden();
    await listOf(page, "emma austen");
  });

  test("a server that refuses connections for a while is asked until it answers", async ({
    page,
  }) => {
    await page.goto("/?q=emma");
    await listOf(page, "emma");
    await page.route(searches, (route) => route.abort("connectionrefused"));
    await searchField(page).fill("dune");
    await expect(page.getByRole("alert")).toContainText("server does not answer");
    await expect(resultLink(page, "Emma")).toBeVisible();
    await page.unroute(searches);
    await listOf(page, "dune");
    await expect(page.getByRole("alert")).toBeHidden();
  });

  test("a page whose files were replaced by a deployment is loaded again", async ({ page }) => {
    // The files are gone until the document is asked for anew: that one names the new ones.
    let documents = 0;
    page.on("request", (request) => {
      documents += request.isNavigationRequest() ? 1 : 0;
    });
    await page.route("**/assets/book-page-*.js", (route) =>
      documents < 2 ? route.fulfill({ status: 404 }) : route.continue(),
    );
    await page.goto("/?q=emma");
    await resultLink(page, "Emma").click();
    await expect(page.getByRole("heading", { level: 1, name: "Emma" })).toBeVisible();
    await expect(results(page)).toHaveCount(0);
    expect(documents).toBe(2);
  });
});
