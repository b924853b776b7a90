import { Code, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { afterAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

test.each(["on", "off"] as const)(
  "a refused call does not hold up the next on its connection, fast path %s",
  async (fastPath) => {
    await using server = await startServer(catalog, { fastPath });
    const transport = createConnectTransport({ baseUrl: server.url, httpVersion: "2" });
    const { searchBooks } = createClient(BookService, transport);
    const headers = { authorization: "Bearer nothing-known" };
    for (let round = 0; round < 3; round += 1) {
      await expect(searchBooks({ query: "hobbit" }, { headers })).rejects.toMatchObject({
        code: Code.Unauthenticated,
      });
      const { results } = await searchBooks({ query: "hobbit" }, { timeoutMs: 10_000 });
      expect(results.length).toBeGreaterThan(0);
    }
  },
);
