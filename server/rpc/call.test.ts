import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { CallOptions, Catalog } from "#server/catalog/catalog.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

/** A catalogue whose searches wait until their caller has left; tells what they were given. */
function waitingCatalog(): { waiting: Catalog; given: Promise<CallOptions> } {
  const { promise: given, resolve } = Promise.withResolvers<CallOptions>();
  const search: Catalog["search"] = async (_request, call = {}) => {
    resolve(call);
    await new Promise((_resolve, reject) => {
      call.signal?.addEventListener("abort", () => reject(call.signal?.reason));
    });
    throw new Error("Nobody leaves without a reason");
  };
  const waiting = new Proxy(catalog, {
    get: (target, name: keyof Catalog) => (name === "search" ? search : target[name].bind(target)),
  });
  return { waiting, given };
}

test.each([
  ["gRPC", "on", createGrpcTransport],
  ["gRPC", "off", createGrpcTransport],
  [
    "Connect",
    "on",
    (options: { baseUrl: string }) => createConnectTransport({ ...options, httpVersion: "1.1" }),
  ],
  [
    "Connect",
    "off",
    (options: { baseUrl: string }) => createConnectTransport({ ...options, httpVersion: "2" }),
  ],
] as const)(
  "the catalogue hears how long a caller waits, and that it left: %s, fast path %s",
  async (_name, fastPath, create) => {
    const { waiting, given } = waitingCatalog();
    await using server = await startServer(waiting, { fastPath });
    const controller = new AbortController();
    const client = createClient(BookService, create({ baseUrl: server.url }));
    const call = client.searchBooks(
      { query: "x" },
      { signal: controller.signal, timeoutMs: 60_000 },
    );
    const options = await given;
    const remainingMs = (options.deadlineMs ?? 0) - performance.now();
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(60_000);
    const left = new Promise((resolve) => options.signal?.addEventListener("abort", resolve));
    controller.abort();
    await expect(call).rejects.toThrow();
    await left;
  },
);

test("a REST caller who leaves ends the search", async () => {
  const { waiting, given } = waitingCatalog();
  await using server = await startServer(waiting);
  const controller = new AbortController();
  const call = fetch(`${server.url}/api/books?title=x`, { signal: controller.signal });
  const { signal } = await given;
  const left = new Promise((resolve) => signal?.addEventListener("abort", resolve));
  controller.abort();
  await expect(call).rejects.toThrow();
  await left;
});
