import { expect, listOf, resultLink, results, searchField, test } from "./fixtures.ts";
import { OwnServer } from "./own-server.ts";

// The browser reports every connection that was refused.
test.use({ consoleErrors: "expected" });
test.describe.configure({ timeout: 120_000 });

test("a server that is killed while one searches: the list stays, and the newest query wins", async ({
  page,
}, testInfo) => {
  await using server = await OwnServer.start(testInfo);
  await page.goto(`${server.url}/?q=emma`);
  await listOf(page, "emma");
  await server.kill();
  await searchField(page).fill("dune");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("server does not answer");
  await expect(alert).toContainText("What was found before stays below");
  await expect(resultLink(page, "Emma")).toBeVisible();
  await searchField(page).fill("dracula");
  await expect(alert).toBeVisible();
  await expect(resultLink(page, "Emma")).toBeVisible();
  await server.startAgain();
  await listOf(page, "dracula");
  await expect(resultLink(page, "Dracula")).toBeVisible();
  await expect(alert).toBeHidden();
});

test("a book that is opened while the server is away shows what is known, and the rest by itself", async ({
  page,
}, testInfo) => {
  await using server = await OwnServer.start(testInfo);
  // A book's page was open before, so its file is there.
  await page.goto(`${server.url}/books/OL90000022W`);
  await page.getByRole("heading", { name: /editions?$/ }).waitFor();
  await searchField(page).fill("dracula");
  await listOf(page, "dracula");
  await server.kill();
  await resultLink(page, "Dracula").click();
  await expect(page.getByRole("heading", { level: 1, name: "Dracula" })).toBeVisible();
  await expect(page.getByRole("alert")).toContainText("server does not answer");
  await server.startAgain();
  await expect(
    page
      .getByRole("region", { name: /editions?$/ })
      .getByRole("listitem")
      .first(),
  ).toBeVisible();
  await expect(page.getByRole("alert")).toBeHidden();
});

test("a page whose file is still to come waits for the server", async ({ page }, testInfo) => {
  await using server = await OwnServer.start(testInfo);
  // Held back, as if the server had gone before the file was asked for.
  await page.route("**/assets/author-page-*.js", (route) => route.abort("connectionrefused"));
  await page.goto(`${server.url}/?q=jane+austen`);
  await listOf(page, "jane austen");
  await server.kill();
  await results(page).first().getByRole("link", { name: "Jane Austen" }).click();
  await expect(page.getByRole("status", { name: "Loading" })).toBeVisible();
  await page.unroute("**/assets/author-page-*.js");
  await server.startAgain();
  await expect(page.getByRole("heading", { level: 1, name: "Jane Austen" })).toBeVisible();
});
