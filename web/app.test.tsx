// @vitest-environment jsdom
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import {
  type SearchBooksRequest,
  SearchBooksResponseSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import { fakeTransport, findSample } from "#web/testing/fake-service.ts";
import { renderApp } from "#web/testing/render.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const searchField = () => screen.getByRole("combobox", { name: "Search books" });

const titles = async () => {
  const list = await screen.findByRole("list", { name: "Books found" });
  return within(list)
    .getAllByRole("heading", { level: 2 })
    .map((heading) => heading.textContent);
};

test("finds while one types, and asks for a finished search on Enter", async () => {
  const requests: SearchBooksRequest[] = [];
  const { user } = renderApp(
    "/",
    fakeTransport((request) => {
      requests.push(request);
      return findSample(request);
    }),
  );
  await user.type(searchField(), "mort");
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
  expect(requests.at(-1)).toMatchObject({ query: "mort", unfinished: true });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(requests.at(-1)).toMatchObject({ query: "mort", unfinished: false }));
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
});

test("fetches what a page between two keystrokes left out", async () => {
  const { user } = renderApp(
    "/",
    fakeTransport((request) => {
      const all = findSample({ ...request, query: "" }).results.slice(0, 3);
      const isFirst = request.pageToken === "";
      return {
        results: isFirst ? all.slice(0, 1) : all.slice(1),
        total: { value: 1, lowerBound: true },
        nextPageToken: isFirst ? "next" : "",
      };
    }),
  );
  await user.type(searchField(), "mort");
  await waitFor(async () => expect(await titles()).toHaveLength(3));
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("3 books");
});

test("cancels a search that no longer begins what is typed, and never shows it", async () => {
  const cancelled: string[] = [];
  const { user } = renderApp(
    "/",
    fakeTransport(async (request, context) => {
      if (request.query !== "mobz") {
        return create(SearchBooksResponseSchema, findSample(request));
      }
      return new Promise((_, reject) => {
        context.signal.addEventListener("abort", () => {
          cancelled.push(request.query);
          reject(new ConnectError("cancelled", Code.Canceled));
        });
      });
    }),
  );
  await user.type(searchField(), "mobz{Backspace}y-dick");
  await waitFor(async () => expect(await titles()).toEqual(["Moby-Dick; or, The Whale"]));
  expect(cancelled).toContain("mobz");
});

test("shows the answer to what begins what is typed, while the newest is on its way", async () => {
  const answers = new Map<string, () => void>();
  const { user } = renderApp(
    "/",
    fakeTransport(async (request) => {
      await new Promise<void>((resolve) => answers.set(request.query, resolve));
      return findSample(request);
    }),
  );
  await user.type(searchField(), "mort");
  answers.get("mo")?.();
  await waitFor(async () => expect(await titles()).toContain("Moby-Dick; or, The Whale"));
  answers.get("mort")?.();
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
  answers.get("mor")?.();
  await new Promise((resolve) => setImmediate(resolve));
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
});

test("while one types, a list is not replaced by nothing", async () => {
  const { user } = renderApp("/", fakeTransport());
  await user.type(searchField(), "mort");
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
  await user.type(searchField(), "q");
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
  expect(screen.queryByText("No book answers to that.")).toBeNull();
  await screen.findByText("No book answers to that.");
});

test("an answer after a space is the finished one: Enter asks for nothing more", async () => {
  const asked: string[] = [];
  const { user } = renderApp(
    "/",
    fakeTransport((request) => {
      asked.push(`${request.query}${request.unfinished ? "…" : ""}`);
      return findSample(request);
    }),
  );
  await user.type(searchField(), "mort ");
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
  await user.keyboard("{Enter}");
  expect(asked.filter((query) => query.startsWith("mort"))).toEqual(["mort…", "mort"]);
});

test("a failure stands above the last list, and the search recovers by itself", async () => {
  let isDown = false;
  const { user } = renderApp(
    "/",
    fakeTransport((request) => {
      if (isDown && request.query.endsWith("t")) {
        throw new ConnectError("down", Code.Internal);
      }
      return findSample(request);
    }),
  );
  await user.type(searchField(), "mor");
  await waitFor(async () => expect(await titles()).toEqual(["Mort", "Beloved"]));
  isDown = true;
  await user.type(searchField(), "t");
  await screen.findByRole("alert");
  await waitFor(async () => expect(await titles()).toEqual(["Mort", "Beloved"]));
  isDown = false;
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
});

test("keeps the last results in sight until the next ones are there", async () => {
  let answer = () => {};
  const { user } = renderApp(
    "/?q=discworld",
    fakeTransport(async (request) => {
      if (request.query !== "small") {
        return create(SearchBooksResponseSchema, findSample({ ...request, query: "pratchett" }));
      }
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return findSample(request);
    }),
  );
  await waitFor(async () => expect(await titles()).toHaveLength(3));
  const field = searchField();
  await user.clear(field);
  await user.type(field, "small");
  await waitFor(async () => expect(await titles()).toHaveLength(3));
  const list = screen.getByRole("list", { name: "Books found" });
  await waitFor(() => expect(list.getAttribute("aria-busy")).toBe("true"));
  answer();
  await waitFor(async () => expect(await titles()).toEqual(["Small Gods"]));
});

test("shows a correction and the way back from it", async () => {
  renderApp(
    "/?q=tolkein+hobbit",
    fakeTransport((request) => ({
      results: findSample({ ...request, query: "hobbit" }).results,
      total: { value: 1 },
      interpretation: {
        corrections: [{ original: "tolkein", corrected: "tolkien", span: { start: 0, end: 7 } }],
      },
    })),
  );
  const line = await screen.findByText(/Showing results for/);
  expect(line.textContent).toBe("Showing results for tolkien hobbit.");
  const undo = screen.getByRole("link", { name: "Search exactly for “tolkein hobbit”" });
  expect(undo.getAttribute("href")).toBe("/?q=tolkein+hobbit&exact");
});

test("says that a total is a lower bound", async () => {
  const seen = Promise.withResolvers<void>();
  renderApp(
    "/?q=a",
    fakeTransport(async (request) => {
      await seen.promise;
      const { results } = findSample(request);
      return create(SearchBooksResponseSchema, {
        results,
        total: { value: 1000, lowerBound: true },
      });
    }),
  );
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Searching…");
  seen.resolve();
  await screen.findByRole("heading", { level: 1, name: "1,000+ books" });
});

test("a book from the list is shown before the server has answered for it", async () => {
  const { user } = renderApp("/?q=mort", fakeTransport());
  await user.click(await screen.findByRole("link", { name: "Mort" }));
  await screen.findByRole("heading", { level: 1, name: "Mort" });
  expect(document.title).toBe("Mort, by Terry Pratchett · BookFinder");
});

test("a search that was stopped before it found anything is asked again", async () => {
  let calls = 0;
  const seen = Promise.withResolvers<void>();
  renderApp(
    "/?q=mort",
    fakeTransport(async (request) => {
      calls += 1;
      if (calls > 1) {
        await seen.promise;
        return findSample(request);
      }
      const notices = [{ reason: "deadline", message: "The search stopped early." }];
      return create(SearchBooksResponseSchema, { interpretation: { notices } });
    }),
  );
  await screen.findByText("The search stopped early.");
  expect(screen.queryByText("Nothing found")).toBeNull();
  seen.resolve();
  await waitFor(async () => expect(await titles()).toEqual(["Mort"]));
});
