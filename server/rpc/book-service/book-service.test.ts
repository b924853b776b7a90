import { Code, createClient } from "@connectrpc/connect";
import { afterAll, describe, expect, test } from "vitest";
import { BookService as PublishedBookService } from "#proto/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { BookField, FacetField, MatchKind, SearchOrder } from "#proto/bookfinder/v1/search_pb.ts";
import { SuggestionKind } from "#proto/bookfinder/v1/suggest_pb.ts";
import { failure } from "#server/testing/call-any.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { inMemoryTransport } from "#server/testing/in-memory-transport.ts";
import { aContext } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());
const context = aContext(catalog);
const transport = inMemoryTransport(context);
const client = createClient(BookService, transport);
const published = createClient(PublishedBookService, transport);

describe("SearchBooks", () => {
  test("finds a book, with the reason and the edition", async () => {
    const { results, total, interpretation } = await client.searchBooks({ query: "lord rings" });
    expect(total).toMatchObject({ value: 1, lowerBound: false });
    expect(interpretation?.searchedText).toBe("lord rings");
    expect(results[0]?.book).toMatchObject({
      name: "books/OL27448W",
      title: "The Lord of the Rings",
      authors: [{ author: "authors/OL26320A", displayName: "J. R. R. Tolkien" }],
      firstPublished: { year: 1954 },
      series: [{ title: "Middle-earth", position: "2" }],
      rating: { average: 4.5, count: 700 },
      coverId: 14625765n,
      editionCount: 2,
    });
    expect(results[0]?.edition?.name).toBe("books/OL27448W/editions/OL51708686M");
    expect(results[0]?.reasons[0]).toMatchObject({
      text: "The Lord of the Rings",
      kind: MatchKind.WORDS,
    });
  });

  test("leaves out what is not known instead of inventing it", async () => {
    const { results } = await client.searchBooks({ query: "the hobbit" });
    expect(results[0]?.book?.rating).toBeUndefined();
    expect(results[0]?.book).toMatchObject({ coverId: 0n, isbn13: "", readerCount: 0 });
  });

  test("pages with the token of the page before", async () => {
    const request = { query: "tolkien", pageSize: 1, order: SearchOrder.OLDEST };
    const first = await client.searchBooks(request);
    const second = await client.searchBooks({ ...request, pageToken: first.nextPageToken });
    const titles = [...first.results, ...second.results].map(({ book }) => book?.title);
    expect(titles).toEqual(["The Hobbit", "The Lord of the Rings"]);
    expect(second.nextPageToken).toBe("");
  });

  test("browses by filters, in which authors stand with their names", async () => {
    const facets = [FacetField.AUTHOR, FacetField.AUTHOR, FacetField.LANGUAGE];
    const all = await client.searchBooks({ facets });
    expect(all.facets.map(({ field }) => field)).toEqual([FacetField.AUTHOR, FacetField.LANGUAGE]);
    const tolkien = all.facets[0]?.values.find(({ label }) => label.includes("Tolkien"));
    expect(tolkien?.value).toBe("authors/OL26320A");
    const filtered = await client.searchBooks({
      filter: { author: { noneOf: [tolkien?.value ?? ""] }, published: { to: 1900 } },
    });
    expect(filtered.results.map(({ book }) => book?.name)).toEqual(["books/OL166894W"]);
  });

  test("prefers editions in the reader's language, however it is named", async () => {
    for (const language of ["ger", "de", "de-AT"]) {
      const { results } = await client.searchBooks({
        query: "tolkien rings",
        preferredLanguages: [language],
      });
      expect(results[0]?.edition?.title).toBe("Der Herr der Ringe");
    }
  });

  test("explains its ranking only when asked", async () => {
    const plain = await client.searchBooks({ query: "hobbit" });
    expect(plain.results[0]?.explanation).toBeUndefined();
    const explained = await client.searchBooks({ query: "hobbit", explain: true });
    expect(explained.results[0]?.explanation?.criteria.length).toBeGreaterThan(0);
  });
});

describe("the other methods", () => {
  test("complete what is being typed", async () => {
    const { suggestions } = await client.suggestBooks({ query: "the hob" });
    expect(suggestions[0]).toMatchObject({
      text: "The Hobbit",
      target: { case: "book", value: { name: "books/OL262758W", description: "" } },
    });
    const authors = await client.suggestBooks({ query: "tolk", kinds: [SuggestionKind.AUTHOR] });
    expect(authors.suggestions[0]?.target).toMatchObject({
      case: "author",
      value: { name: "authors/OL26320A", bookCount: 2 },
    });
  });

  test("return a book under its present and its former name", async () => {
    for (const name of ["books/OL27448W", "books/OL999W"]) {
      const { book } = await client.getBook({ name });
      expect(book?.name).toBe("books/OL27448W");
    }
  });

  test("list editions page by page", async () => {
    const parent = "books/OL27448W";
    const first = await client.listEditions({ parent, pageSize: 1, preferredLanguages: ["de"] });
    expect(first).toMatchObject({ totalSize: 2, editions: [{ title: "Der Herr der Ringe" }] });
    const second = await client.listEditions({
      parent,
      pageSize: 1,
      preferredLanguages: ["de"],
      pageToken: first.nextPageToken,
    });
    expect(second).toMatchObject({ nextPageToken: "", editions: [{ isbn13: ["9780261103252"] }] });
  });

  test("list books like one, with what they share", async () => {
    for (const parent of ["books/OL27448W", "books/OL999W"]) {
      const { similarBooks } = await client.listSimilarBooks({ parent });
      expect(similarBooks).toMatchObject([
        {
          book: { name: "books/OL262758W", title: "The Hobbit" },
          reasons: [
            { field: BookField.SERIES, text: "Middle-earth" },
            { field: BookField.AUTHOR, text: "J. R. R. Tolkien" },
          ],
        },
      ]);
    }
  });

  test("return an author", async () => {
    const { author } = await client.getAuthor({ name: "authors/OL26320A" });
    expect(author).toMatchObject({
      name: "authors/OL26320A",
      displayName: "J. R. R. Tolkien",
      alternateNames: ["John Ronald Reuel Tolkien"],
      bookCount: 2,
    });
  });

  test("say what is in the catalogue", async () => {
    const { catalog: info } = await client.getCatalog({});
    expect(info).toMatchObject({ revision: "test-1", bookCount: 3, editionCount: 2 });
    expect(info?.buildTime?.seconds).toBeGreaterThan(0n);
  });

  test.each([
    ["getBook", () => client.getBook({ name: "books/OL1W" }), 'There is no book "books/OL1W"'],
    [
      "listEditions",
      () => client.listEditions({ parent: "books/OL1W" }),
      'There is no book "books/OL1W"',
    ],
    [
      "listSimilarBooks",
      () => client.listSimilarBooks({ parent: "books/OL1W" }),
      'There is no book "books/OL1W"',
    ],
    [
      "getAuthor",
      () => client.getAuthor({ name: "authors/OL1A" }),
      'There is no author "authors/OL1A"',
    ],
  ])("name what they do not find: %s", async (_name, call, message) => {
    expect(await failure(call())).toMatchObject({ code: Code.NotFound, rawMessage: message });
  });
});

describe("BookSearch, as published", () => {
  test("returns the best match", async () => {
    expect(await published.bookSearch({ searchQuery: "Lord of the Rings" })).toMatchObject({
      title: "The Lord of the Rings",
      author: "J. R. R. Tolkien",
      description: "A hobbit carries a ring to the fire in which it was forged.",
    });
  });

  test("fails if there is none", async () => {
    const error = await failure(published.bookSearch({ searchQuery: "zzyzx qwrtp" }));
    expect(error).toMatchObject({ code: Code.NotFound, rawMessage: "No book matches this query" });
  });

  test.each([
    // Clients of the published schema lose the query in their loader's defaults.
    ["", /^search_query is empty: send the title .* keepCase: true, or name the field searchQuery/],
    ["   ", /^search_query is empty: send the title you look for, e.g. Lord of the Rings/],
    ["x".repeat(5000), /^search_query must be at most 2000 characters: shorten it$/],
  ])("names its limits", async (searchQuery, message) => {
    const error = await failure(published.bookSearch({ searchQuery }));
    expect(error).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: expect.stringMatching(message),
    });
  });
});
