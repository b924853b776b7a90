// @vitest-environment jsdom
import { create } from "@bufbuild/protobuf";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import {
  Relaxation_Kind as Kind,
  SearchBooksResponseSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import { fakeTransport } from "#web/testing/fake-service.ts";
import { renderApp } from "#web/testing/render.tsx";
import { sampleBooks } from "#web/testing/sample-books.ts";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The page for a query of which a part, given in code points, was left out. */
function renderWithout(query: string, text: string, start: number) {
  const span = { start, end: start + [...text].length };
  const response = create(SearchBooksResponseSchema, {
    results: sampleBooks.slice(0, 1).map((book) => ({ book })),
    total: { value: 1 },
    interpretation: { relaxations: [{ kind: Kind.WORD_DROPPED, text, span }] },
  });
  renderApp(
    `/?${new URLSearchParams({ q: query })}`,
    fakeTransport(() => response),
  );
}

test("a word that was left out is named", async () => {
  renderWithout("hobbit zebra", "zebra", 7);
  expect(await screen.findByText(/searched without “zebra”/)).toBeDefined();
});

test("of scripts without spaces no half word is named", async () => {
  renderWithout("村上春樹", "上春", 1);
  expect(await screen.findByText(/most telling parts/)).toBeDefined();
  expect(screen.queryByText(/上春”/)).toBeNull();
});
