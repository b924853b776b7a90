import { create } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { SearchBooksResponseSchema } from "#proto/bookfinder/v1/search_pb.ts";
import { emptySearch } from "#web/search/search-params.ts";
import { aBook } from "#web/testing/builders.ts";
import { RecentAnswers } from "./recent-answers.ts";

function answer(query: string, hasFound = true) {
  const results = hasFound ? [{ book: aBook({ title: query }) }] : [];
  const pages = [create(SearchBooksResponseSchema, { results })];
  return { search: { ...emptySearch(), query }, pages };
}

test("the longest query that begins what is typed is shown, in whichever order answers come", () => {
  const answers = new RecentAnswers();
  for (const query of ["har", "h", "hobbit", "ha"]) {
    answers.keep("", answer(query));
  }
  expect(answers.newestFor("", "harry")?.search.query).toBe("har");
  expect(answers.newestFor("", "ho")?.search.query).toBe("h");
  expect(answers.newestFor("", "dune")).toBeUndefined();
});

test("an answer without books is never shown in place of one with books", () => {
  const answers = new RecentAnswers();
  answers.keep("", answer("harry"));
  answers.keep("", answer("harry x", false));
  expect(answers.newestFor("", "harry xy")?.search.query).toBe("harry");
});

test("answers with other filters are of no use", () => {
  const answers = new RecentAnswers();
  answers.keep("language=fre", answer("harry"));
  expect(answers.newestFor("", "harry p")).toBeUndefined();
  answers.keep("", answer("har"));
  expect(answers.newestFor("", "harry p")?.search.query).toBe("har");
});

test("only so many are kept", () => {
  const answers = new RecentAnswers();
  for (let length = 1; length <= 200; length += 1) {
    answers.keep("", answer("a".repeat(length)));
  }
  expect(answers.newestFor("", "a".repeat(100))).toBeUndefined();
  expect(answers.newestFor("", "a".repeat(500))?.search.query).toHaveLength(200);
});
