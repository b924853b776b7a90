import { afterAll, expect, test } from "vitest";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());

const search = "/bookfinder.v1.BookService/SearchBooks";
const preflight = {
  method: "OPTIONS",
  headers: {
    origin: "https://a.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type,x-grpc-web",
  },
};

test("pages of all origins may call by default", async () => {
  await using server = await startServer(catalog);
  const allowed = await fetch(server.url + search, preflight);
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get("access-control-allow-origin")).toBe("*");
  expect(allowed.headers.get("access-control-allow-methods")).toContain("POST");
  expect(allowed.headers.get("access-control-allow-headers")).toMatch(/X-Grpc-Web/i);
  const answer = await fetch(server.url + search, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json", origin: "https://a.example" },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-expose-headers")).toMatch(/Grpc-Status.*X-Request-Id/i);
  expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
});

test("pages of the origins in a list may call, others not", async () => {
  await using server = await startServer(catalog, { corsOrigins: ["https://a.example"] });
  const allowed = await fetch(server.url + search, preflight);
  expect(allowed.headers.get("access-control-allow-origin")).toBe("https://a.example");
  expect(allowed.headers.get("vary")).toBe("origin");
  const headers = { ...preflight.headers, origin: "https://b.example" };
  const refused = await fetch(server.url + search, { ...preflight, headers });
  expect(refused.headers.get("access-control-allow-origin")).toBeNull();
});

test("answers that differ by origin and by compression say so", async () => {
  await using server = await startServer(catalog, { corsOrigins: ["https://a.example"] });
  const response = await fetch(`${server.url}/api/books?title=hobbit`);
  expect(response.headers.get("vary")).toMatch(/origin.*accept-encoding/);
});

test("no pages of others may call if so configured", async () => {
  await using server = await startServer(catalog, { corsOrigins: [] });
  const refused = await fetch(server.url + search, preflight);
  expect(refused.headers.get("access-control-allow-origin")).toBeNull();
});
