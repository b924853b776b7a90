// @vitest-environment jsdom
import { Code, ConnectError } from "@connectrpc/connect";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { SearchBooksRequest } from "#proto/bookfinder/v1/search_pb.ts";
import { ErrorInfoSchema } from "#proto/google/rpc/error_details_pb.ts";
import { fakeTransport, findSample } from "#web/testing/fake-service.ts";
import { renderApp } from "#web/testing/render.tsx";
import { sampleBooks } from "#web/testing/sample-books.ts";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const titles = () =>
  within(screen.getByRole("list", { name: "Books found" }))
    .getAllByRole("heading", { level: 2 })
    .map((heading) => heading.textContent);

test("a catalogue that is replaced before Show more: the list stays, then both pages are there", async () => {
  let revision = 1;
  const transport = fakeTransport((request: SearchBooksRequest) => {
    const books = findSample({ ...request, query: "" }).results;
    if (request.pageToken === "") {
      return { results: books.slice(0, 2), total: { value: 4 }, nextPageToken: `of ${revision}` };
    }
    if (request.pageToken !== `of ${revision}`) {
      throw new ConnectError(
        "page_token is from before the catalogue was replaced; search again without page_token",
        Code.InvalidArgument,
        undefined,
        [{ desc: ErrorInfoSchema, value: { reason: "PAGE_TOKEN_INVALID" } }],
      );
    }
    return { results: books.slice(2, 4), total: { value: 4 } };
  });
  const { user } = renderApp("/?q=a", transport);
  const more = await screen.findByRole("button", { name: "Show more" });
  const before = titles();
  revision = 2;
  await user.click(more);
  expect((await screen.findByRole("alert")).textContent).toContain("has been replaced");
  expect(titles()).toEqual(before);
  await waitFor(() => expect(titles()).toHaveLength(4));
  expect(screen.queryByRole("alert")).toBeNull();
});

test("volumes of one work stand beneath it by number, the one that is shown among them", async () => {
  const [first, second] = sampleBooks;
  const volumes = [
    { book: first, number: 1 },
    { book: second, number: 2 },
  ];
  const transport = fakeTransport(() => ({
    results: [{ book: second, volumes }],
    total: { value: 2 },
  }));
  renderApp("/?q=a", transport);
  const links = within(await screen.findByRole("list", { name: "Books found" }))
    .getAllByRole("link", { name: /^Volume / })
    .map((link) => [
      link.getAttribute("aria-label"),
      link.getAttribute("href"),
      link.getAttribute("aria-current"),
    ]);
  expect(links).toEqual([
    [`Volume 1: ${first?.title}`, `/${first?.name}`, null],
    [`Volume 2: ${second?.title}`, `/${second?.name}`, "true"],
  ]);
});
