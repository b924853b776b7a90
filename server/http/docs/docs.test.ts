/** The document says what the server does: every operation of it is called. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Catalog } from "#server/catalog/catalog.ts";
import { restRoutes } from "#server/http/rest/rest-routes.ts";
import { errorReasons } from "#server/rpc/error-reasons.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";
import { starterCatalog } from "#server/testing/starter-catalog.ts";

type Parameter = { name: string; in: string; required?: boolean; example?: unknown };
type Operation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
  security: Record<string, unknown>[];
};
type OpenApi = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

// Ours, and checked for being fresh by another step.
const api = JSON.parse(readFileSync(join(import.meta.dirname, "openapi.json"), "utf8")) as OpenApi;
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, operation]) => [method.toUpperCase(), path, operation] as const,
  ),
);

// The examples are of its books.
let catalog: Catalog;
let server: TestServer;
let key = "";
beforeAll(async () => {
  catalog = await starterCatalog();
  server = await startServer(catalog);
  const scopes = ["books.read", "books.write", "users.read", "admin"] as const;
  key = server.context.accounts.keys.create("docs", [...scopes], undefined).text;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
});

function requestOf(method: string, path: string, { parameters = [], requestBody }: Operation) {
  const url = new URL(server.url);
  const headers: Record<string, string> = {};
  url.pathname = path;
  for (const { name, in: place, example, required } of parameters) {
    if (example === undefined) {
      expect([name, required]).toEqual([name, undefined]);
    } else if (place === "path") {
      url.pathname = url.pathname.replace(`%7B${name}%7D`, String(example));
    } else if (place === "header") {
      headers[name] = String(example);
    } else {
      url.searchParams.set(name, String(example));
    }
  }
  const [content] = Object.entries(requestBody?.content ?? {});
  if (content !== undefined) {
    headers["content-type"] = content[0];
  }
  return new Request(url, {
    method,
    headers,
    ...(content === undefined ? {} : { body: JSON.stringify(content[1].example) }),
  });
}

/** What only answers to those who may, and what may not be there. */
const needsKey = ({ security }: Operation) => !security.some((each) => !("bearer" in each));

describe("an operation of the document answers as the document says", () => {
  // Reads come first: some writes delete what they read.
  test.each(
    operations.filter(([, path, operation]) => !needsKey(operation) && !path.includes("sessions")),
  )("%s %s", async (method, path, operation) => {
    const response = await fetch(requestOf(method, path, operation));
    const described = operation.responses[String(response.status)];
    expect([response.status, await response.clone().text()]).not.toEqual([404, expect.anything()]);
    expect(described).toBeDefined();
    const type = response.headers.get("content-type")?.split(";")[0] ?? "";
    expect(Object.keys(described?.content ?? {})).toContain(type);
    const lines = (await response.text()).trim().split("\n");
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => "object"));
  });

  test.each(
    operations.filter(([, path, operation]) => needsKey(operation) && !path.includes("sessions")),
  )("to those who may: %s %s", async (method, path, operation) => {
    const request = requestOf(method, path, operation);
    expect((await fetch(request.clone())).status).toBe(401);
    request.headers.set("authorization", `Bearer ${key}`);
    const response = await fetch(request);
    const described = operation.responses[String(response.status)] ?? operation.responses["4XX"];
    expect([400, 405, 415, 500, 501]).not.toContain(response.status);
    expect(described).toBeDefined();
  });
});

test("every route has its operation", () => {
  const described = operations.map(
    ([method, path]) => `${method} ${path.replaceAll(/\{\w+\}/g, "*")}`,
  );
  const served = restRoutes.flatMap(({ path, ...methods }) =>
    Object.keys(methods).map(
      (method) =>
        `${method} ${path.replaceAll(/(?<!\\):\w+(?:\(.*?\))?/g, "*").replaceAll("\\", "")}`,
    ),
  );
  expect(served.toSorted()).toEqual(described.toSorted());
});

test("every reference leads to a schema", () => {
  const names = [...JSON.stringify(api).matchAll(/#\/components\/schemas\/([\w.]+)/g)];
  const missing = names
    .map(([, name = ""]) => name)
    .filter((name) => !(name in api.components.schemas));
  expect(missing).toEqual([]);
});

test("the reader, the document and the text for programs are served, and kept by their tags", async () => {
  for (const [path, type] of [
    ["/docs", "text/html"],
    ["/docs/docs.js", "text/javascript"],
    ["/openapi.json", "application/json"],
    ["/llms.txt", "text/plain"],
  ] as const) {
    const first = await fetch(server.url + path);
    expect([path, first.status, first.headers.get("content-type")]).toEqual([
      path,
      200,
      expect.stringContaining(type),
    ]);
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    expect((await fetch(server.url + path, { headers })).status).toBe(304);
  }
});

test("the reader explains every reason where errors point", async () => {
  const page = await (await fetch(`${server.url}/docs`)).text();
  for (const reason of Object.keys(errorReasons)) {
    expect(page).toContain(`id="${reason}"`);
  }
});
