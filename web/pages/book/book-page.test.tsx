// @vitest-environment jsdom
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { PublicationDate_Precision as Precision } from "#proto/bookfinder/v1/book_pb.ts";
import {
  type ListEditionsResponse,
  ListEditionsResponseSchema,
} from "#proto/bookfinder/v1/book_service_pb.ts";
import { aBook } from "#web/testing/builders.ts";
import { fakeTransport } from "#web/testing/fake-service.ts";
import { renderApp } from "#web/testing/render.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The text of a fact on the book's page. */
async function fact(name: string): Promise<string | null | undefined> {
  const term = await screen.findByText(name, { selector: "dt" });
  return term.nextElementSibling?.textContent;
}

test("readers and ratings are told apart, and one is no plural", async () => {
  const book = aBook({ readerCount: 2010, rating: { average: 4.25, count: 1 } });
  renderApp("/books/OL1W", fakeTransport(undefined, { getBook: () => ({ book }) }));
  expect(await fact("Kept by")).toBe("2,010 readers");
  expect(await fact("Rating")).toBe("4.3 of 5, by 1");
});

test("a book that few keep says so, and one that nobody keeps says nothing", async () => {
  const kept = aBook({ readerCount: 1 });
  renderApp("/books/OL1W", fakeTransport(undefined, { getBook: () => ({ book: kept }) }));
  expect(await fact("Kept by")).toBe("1 reader");
  cleanup();
  renderApp("/books/OL1W", fakeTransport(undefined, { getBook: () => ({ book: aBook() }) }));
  await fact("First published");
  expect(screen.queryByText("Kept by")).toBeNull();
});

/** Editions of which every second has a year. */
function editionsPage(from: number): ListEditionsResponse {
  return create(ListEditionsResponseSchema, {
    totalSize: 8,
    nextPageToken: from === 0 ? "next" : "",
    editions: Array.from({ length: 4 }, (_, index) => ({
      name: `books/OL1W/editions/OL${from + index}M`,
      title: `Edition ${from + index}`,
      ...(index % 2 === 0
        ? {}
        : { published: { year: 1900 + from + index, precision: Precision.YEAR } }),
    })),
  });
}

test("editions without a year leave the place empty for eyes, and say it to screen readers", async () => {
  renderApp("/books/OL1W", fakeTransport(undefined, { listEditions: () => editionsPage(0) }));
  const region = await screen.findByRole("region", { name: "8 editions" });
  const items = await within(region).findAllByRole("listitem");
  expect(items).toHaveLength(4);
  expect(within(region).getAllByText("Year unknown")).toHaveLength(2);
  expect(region.textContent).not.toMatch(/n\. ?d\./);
});

test("a failure to show more keeps the editions, and recovers without a click", async () => {
  let failures = 0;
  const listEditions = ({ pageToken }: { pageToken: string }) => {
    if (pageToken !== "" && failures === 0) {
      failures += 1;
      throw new ConnectError("internal error", Code.Internal);
    }
    return editionsPage(pageToken === "" ? 0 : 4);
  };
  const { user } = renderApp("/books/OL1W", fakeTransport(undefined, { listEditions }));
  await user.click(await screen.findByRole("button", { name: "Show more editions" }));
  expect((await screen.findByRole("alert")).textContent).toContain("stays below");
  expect(screen.getByText("Edition 0")).toBeDefined();
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("a book's page that could not be fetched is asked for again by itself", async () => {
  let calls = 0;
  const getBook = () => {
    calls += 1;
    if (calls === 1) {
      throw new ConnectError("internal error", Code.Internal);
    }
    return { book: aBook({ title: "Emma" }) };
  };
  renderApp("/books/OL1W", fakeTransport(undefined, { getBook }));
  await screen.findByRole("alert");
  await screen.findByRole("heading", { level: 1, name: "Emma" });
});
