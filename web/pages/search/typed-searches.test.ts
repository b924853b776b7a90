import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import {
  type SearchBooksResponse,
  SearchBooksResponseSchema,
} from "#proto/bookfinder/v1/search_pb.ts";
import { emptySearch } from "#web/search/search-params.ts";
import { questionOf, TypedSearches } from "./typed-searches.ts";

/** Searches whose calls are answered by hand. */
function aTypist() {
  const calls: string[] = [];
  const answers = new Map<string, PromiseWithResolvers<SearchBooksResponse>>();
  const typed = new TypedSearches((request) => {
    const text = request.query + (request.unfinished ? "…" : "");
    calls.push(text);
    const answer = Promise.withResolvers<SearchBooksResponse>();
    answers.set(text, answer);
    return answer.promise;
  });
  const typing = (query: string) => questionOf({ ...emptySearch(), query }, true, []);
  const finished = (query: string) => questionOf({ ...emptySearch(), query }, false, []);
  const answer = (text: string) => {
    const response = create(SearchBooksResponseSchema, { total: { value: text.length } });
    answers.get(text)?.resolve(response);
    return response;
  };
  const fail = (text: string) => answers.get(text)?.reject(new Error("down"));
  return { typed, calls, typing, finished, answer, fail };
}

const { signal } = new AbortController();

test("the query takes over the call that the last key has made", async () => {
  const { typed, calls, typing, answer } = aTypist();
  typed.ask(typing("har"));
  const taken = typed.answerTo(typing("har"), signal);
  const response = answer("har…");
  expect(await taken).toBe(response);
  expect(calls).toEqual(["har…"]);
});

test("what is asked again is asked anew", async () => {
  const { typed, calls, typing, answer } = aTypist();
  typed.ask(typing("har"));
  answer("har…");
  await typed.answerTo(typing("har"), signal);
  typed.answerTo(typing("har"), signal);
  expect(calls).toEqual(["har…", "har…"]);
});

test("what the query asks, a key needn't ask; what a key has asked, the same key neither", () => {
  const { typed, calls, typing } = aTypist();
  typed.answerTo(typing("h"), signal);
  typed.ask(typing("h"));
  typed.ask(typing("ha"));
  typed.ask(typing("ha"));
  expect(calls).toEqual(["h…", "ha…"]);
});

test("the answer after a space is that of the finished query; one within a word is not", async () => {
  const { typed, calls, typing, finished, answer } = aTypist();
  typed.ask(typing("harry "));
  answer("harry");
  await typed.answerTo(finished("harry"), signal);
  expect(calls).toEqual(["harry"]);
  typed.ask(typing("harry p"));
  typed.answerTo(finished("harry p"), signal);
  expect(calls).toEqual(["harry", "harry p…", "harry p"]);
});

test("the list after a space stays that of the word and the space while the next word begins", async () => {
  const { typed, typing } = aTypist();
  const results = [{ book: { name: "books/OL1W" } }];
  const pages = [create(SearchBooksResponseSchema, { results })];
  for (const query of ["harry", "harry "]) {
    const question = typing(query);
    typed.answers.keep(question.scope, { search: question.search, pages });
  }
  expect(typed.answers.newestFor(typing("").scope, "harry p")?.search.query).toBe("harry ");
});

test("a failed call is the query's failure, and forgotten", async () => {
  const { typed, calls, typing, fail } = aTypist();
  typed.ask(typing("h"));
  const taken = typed.answerTo(typing("h"), signal);
  fail("h…");
  await expect(taken).rejects.toThrow("down");
  typed.ask(typing("h"));
  expect(calls).toEqual(["h…", "h…"]);
});

test("a call that was dropped for other letters is made by the query itself", async () => {
  const { typed, calls, typing, answer } = aTypist();
  typed.ask(typing("emma"));
  const taken = typed.answerTo(typing("emma"), signal);
  typed.ask(typing("dune"));
  await Promise.resolve();
  const response = answer("emma…");
  expect(await taken).toBe(response);
  expect(calls).toEqual(["emma…", "dune…", "emma…"]);
});

test("answers are told, but none with other filters than those asked last", async () => {
  const { typed, typing, answer } = aTypist();
  let told = 0;
  typed.subscribe(() => {
    told += 1;
  });
  const old = { ...typing("h"), scope: "language=fre", key: "fre" };
  typed.ask(old);
  typed.ask(typing("ha"));
  answer("h…");
  answer("ha…");
  await typed.answerTo(typing("ha"), signal);
  expect(told).toBe(1);
  expect(typed.answers.answerTo("language=fre", "h")).toBeUndefined();
});
