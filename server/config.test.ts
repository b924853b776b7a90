import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { configVariables, parseConfig } from "./config.ts";
import { ConfigError } from "./environment-reader.ts";

function problemsOf(environment: Record<string, string>): string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return String(error).split("\n  - ").slice(1);
  }
  return [];
}

describe("the configuration", () => {
  test("needs nothing", () => {
    expect(parseConfig({})).toMatchObject({ port: 8080, dataDir: "data", corsOrigins: ["*"] });
  });

  test("takes an empty variable for one that is not set", () => {
    expect(parseConfig({ PORT: "", BOOKFINDER_DATA: "  " })).toEqual(parseConfig({}));
  });

  test("is what .env.example says", () => {
    const example = parseEnv(readFileSync(join(import.meta.dirname, "../.env.example"), "utf8"));
    expect(Object.keys(example).sort()).toEqual(configVariables().sort());
    expect(parseConfig(example)).toEqual(parseConfig({}));
  });

  test("searches the cluster, or the file while writes are shared", () => {
    const BookfinderCatalog = "opensearch+http://h1:9200/books";
    const moved = parseConfig({ BOOKFINDER_CATALOG: BookfinderCatalog });
    expect(moved.searchedCluster).toBe(moved.cluster);
    const moving = parseConfig({
      BOOKFINDER_CATALOG: BookfinderCatalog,
      BOOKFINDER_SEARCH: "file",
    });
    expect(moving.cluster?.name).toBe("books");
    expect(moving.searchedCluster).toBeUndefined();
  });

  test("names a cluster for the catalogue, or says how one is named", () => {
    const text = "opensearch+https://anna:secret@h1,h2:9201/books";
    expect(parseConfig({ BOOKFINDER_CATALOG: text }).cluster).toMatchObject({
      nodes: ["https://h1:9200", "https://h2:9201"],
      name: "books",
    });
    const [problem] = problemsOf({ BOOKFINDER_CATALOG: "opensearch+https://anna:secret@h1/a/b" });
    expect(problem).toMatch(/^BOOKFINDER_CATALOG .*host1:9200/);
    expect(problem).not.toContain("secret");
  });

  test("reports all of its problems at once", () => {
    expect(
      problemsOf({
        PORT: "80a",
        BOOKFINDER_LOG_LEVEL: "loud",
        BOOKFINDER_MAX_STREAMS: "0",
        BOOKFINDER_CORS_ORIGINS: "https://a.example,b.example/",
        BOOKFINDER_CACHE_SECS: "5",
      }),
    ).toEqual([
      'PORT must be a whole number from 0 to 65535, not "80a"',
      'BOOKFINDER_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"',
      'BOOKFINDER_CORS_ORIGINS must be "*", "none" or origins such as https://books.example, not "b.example/"',
      'BOOKFINDER_MAX_STREAMS must be a whole number from 1 to 10000, not "0"',
      "BOOKFINDER_CACHE_SECS is not a setting; did you mean BOOKFINDER_CACHE_SECONDS?",
    ]);
  });

  test("is not disturbed by the key that clients in the same shell send", () => {
    expect(() => parseConfig({ BOOKFINDER_KEY: "bf_0123" })).not.toThrow();
  });

  test("knows nobody's tokens but those of the provider that is set", () => {
    expect(parseConfig({}).jwt).toBeUndefined();
    const provider = { BOOKFINDER_JWT_ISSUER: "https://a.example", BOOKFINDER_JWT_AUDIENCE: "b" };
    const url = "https://a.example/jwks";
    expect(parseConfig({ ...provider, BOOKFINDER_JWT_JWKS_URL: url }).jwt).toEqual({
      issuer: "https://a.example",
      audience: "b",
      keys: { url: new URL(url) },
    });
    expect(parseConfig({ ...provider, BOOKFINDER_JWT_JWKS_FILE: "keys.json" }).jwt?.keys).toEqual({
      file: "keys.json",
    });
    expect(problemsOf(provider)).toEqual([
      "BOOKFINDER_JWT_ISSUER and BOOKFINDER_JWT_AUDIENCE need each other and either BOOKFINDER_JWT_JWKS_URL or BOOKFINDER_JWT_JWKS_FILE",
    ]);
    expect(problemsOf({ ...provider, BOOKFINDER_JWT_JWKS_URL: "http://a.example/jwks" })).toEqual([
      'BOOKFINDER_JWT_JWKS_URL must be an https URL, not "http://a.example/jwks"',
    ]);
    expect(problemsOf({ BOOKFINDER_JWT_AUDIENCE: "b", BOOKFINDER_PUBLIC_READ: "no" })).toHaveLength(
      2,
    );
  });

  test("leaves variables of others alone", () => {
    expect(problemsOf({ BOOKFINDER_CHROMIUM: "/usr/bin/chromium", PATH: "/bin" })).toEqual([]);
  });

  test.each([
    ["*", ["*"]],
    ["none", []],
    ["https://a.example, http://localhost:5173", ["https://a.example", "http://localhost:5173"]],
  ])("reads origins: %s", (text, origins) => {
    expect(parseConfig({ BOOKFINDER_CORS_ORIGINS: text }).corsOrigins).toEqual(origins);
  });
});
