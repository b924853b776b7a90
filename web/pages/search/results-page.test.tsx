// @vitest-environment jsdom
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import {
  FacetField,
  type SearchBooksRequest,
  SearchBooksResponseSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import { ErrorInfoSchema } from "#proto/google/rpc/error_details_pb.ts";
import { aBook } from "#web/testing/builders.ts";
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

test("where an order takes only the most read of many books, the count says so", async () => {
  const transport = fakeTransport((request: SearchBooksRequest) => ({
    results: findSample({ ...request, query: "" }).results,
    total: { value: 4998, lowerBound: true },
    interpretation: {
      notices: [{ reason: "ordered_within", text: "More than 5,000 books match." }],
    },
  }));
  renderApp("/?order=title", transport);
  await screen.findByRole("heading", { level: 1, name: "4,998 most read books" });
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

const languageFacet = {
  field: FacetField.LANGUAGE,
  values: [{ value: "fre", label: "French", count: { value: 2 } }],
};

test("while the books of a filter are on their way, the list says that it is the one before", async () => {
  let answer = () => {};
  const transport = fakeTransport(async (request) => {
    const { results } = findSample({ ...request, query: "" });
    if (request.filter?.language?.anyOf.includes("fre")) {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    }
    return create(SearchBooksResponseSchema, { results, facets: [languageFacet] });
  });
  const { user } = renderApp("/?q=a", transport, { isWide: true });
  await user.click(await screen.findByRole("checkbox", { name: "French" }));
  const list = screen.getByRole("list", { name: "Books found" });
  await waitFor(() => expect(list.getAttribute("aria-busy")).toBe("true"));
  answer();
  await waitFor(() => expect(list.getAttribute("aria-busy")).toBe("false"));
});

test("a filter that is chosen right after a key takes no letter back", async () => {
  const transport = fakeTransport((request) => ({
    results: findSample({ ...request, query: "" }).results,
    facets: [languageFacet],
  }));
  const { user } = renderApp("/?q=mor", transport, { isWide: true });
  const french = await screen.findByRole("checkbox", { name: "French" });
  await user.type(screen.getByRole("combobox", { name: "Search books" }), "t");
  french.click();
  await waitFor(() => expect(window.location.search).toBe("?q=mort&language=fre"));
});

test("a book of several series says its place in the one that was asked for", async () => {
  const series = [
    { title: "Death", position: "1" },
    { title: "Discworld", position: "4" },
  ];
  const transport = fakeTransport(() => ({
    results: [{ book: aBook({ title: "Mort", series }) }],
  }));
  renderApp("/?series=Discworld", transport);
  await screen.findByText("Discworld 4");
  expect(screen.queryByText("Death 1")).toBeNull();
});
