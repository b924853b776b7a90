/** The rules of the house that a machine can check; CONTRIBUTING.md says why they exist. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  maxBuffer: 64 << 20,
})
  .toString()
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(root, path)));

const sources = tracked.filter(
  (path) => /\.(ts|tsx|css)$/.test(path) && !path.startsWith("proto/gen/"),
);
const code = sources.filter((path) => !path.endsWith(".css"));
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Repository paths that a file imports; packages are left out. */
function importsOf(path: string): string[] {
  const specifiers = read(path).matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g);
  return [...specifiers].flatMap(([, specifier = ""]) => {
    if (specifier.startsWith("#")) {
      return [specifier.replace(/^#proto\//, "proto/gen/").replace(/^#/, "")];
    }
    return specifier.startsWith(".")
      ? [relative(root, normalize(join(root, dirname(path), specifier)))]
      : [];
  });
}

/** Who may import what: a folder, and the folders of ours it must not know. */
const walls: [folder: string, forbidden: string[], reason: string][] = [
  ["server/catalog", ["server/(?!catalog/|testing/)", "web/", "proto/"], "the domain knows nobody"],
  ["server/accounts", ["server/(?!accounts/)", "web/", "proto/"], "accounts know no protocol"],
  ["server/sqlite", ["server/rpc", "server/http", "web/", "proto/"], "an engine knows no protocol"],
  ["server/search", ["server/rpc", "server/http", "web/", "proto/"], "a search knows no protocol"],
  ["server/import", ["server/rpc", "server/http", "web/", "proto/"], "importing knows no protocol"],
  [
    "server/rpc",
    ["server/http", "server/fast-path", "server/sqlite", "server/import", "web/"],
    "RPCs ask the Catalog interface, whoever calls them",
  ],
  [
    "server/fast-path",
    ["server/http", "server/sqlite", "server/import", "web/"],
    "the fast path can be switched off",
  ],
  ["server/http", ["server/sqlite", "server/import", "web/"], "HTTP asks the Catalog interface"],
  ["web", ["server/", "bench/"], "page and server meet only in the schema"],
  ["web/ui", ["web/pages", "web/rpc", "proto/"], "primitives hold no data"],
  ["server", ["bench/", "scripts/", "web/"], "the product does not import its tools"],
];

describe("imports go one way", () => {
  test.each(walls)("%s", (folder, forbidden, reason) => {
    const pattern = new RegExp(`^(${forbidden.join("|")})`);
    const offences = code
      .filter((path) => path.startsWith(`${folder}/`) && !/\.test\.tsx?$/.test(path))
      .flatMap((path) =>
        importsOf(path)
          .filter((target) => pattern.test(target))
          .map((target) => `${path} imports ${target}: ${reason}`),
      );
    expect(offences).toEqual([]);
  });
});

test("no file is longer than 300 lines", () => {
  const long = sources
    .map((path) => [path, read(path).split("\n").length - 1] as const)
    .filter(([, lines]) => lines > 300)
    .map(([path, lines]) => `${path}: ${lines} lines; split it by idea`);
  expect(long).toEqual([]);
});

test("names are kebab-case and say something", () => {
  const bad = sources.filter((path) => {
    const name = path.split("/").at(-1) ?? "";
    return (
      !/^[a-z0-9_]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/.test(name) ||
      /^(utils?|misc|helpers?|common)\./.test(name)
    );
  });
  expect(bad).toEqual([]);
});

/** What must not be written, and what to write instead. */
const bans: [pattern: RegExp, instead: string, except: RegExp][] = [
  [/\b(TODO|FIXME|XXX)\b/, "an issue, or do it now", /^test\/tidy/],
  [
    /\bconsole\.(log|error|warn)\(/,
    "the logger",
    /^(scripts|bench|test)\/|cli\.ts$|server\/main\.ts$|\.test\.tsx?$/,
  ],
  [
    /\bprocess\.(env|argv|exit|on|stdout|stderr|exitCode)\b/,
    "arguments; only entry files touch process",
    /^(scripts|bench|test)\/|cli\.ts$|server\/main\.ts$|\.config\.ts$|\.test\.tsx?$|worker\.ts$|^web\/e2e\//,
  ],
  [/\bMath\.random\(/, "a seeded source passed in", /^(bench|scripts|web\/e2e)\/|\.test\.tsx?$/],
  [/export \* from/, "importing from the file that defines it", /$^/],
  [/@ts-(ignore|expect-error)/, "a type that is right", /$^/],
];

describe("is never written", () => {
  test.each(bans)("%s", (pattern, instead, except) => {
    const offences = code
      .filter((path) => !except.test(path))
      .flatMap((path) =>
        read(path)
          .split("\n")
          .flatMap((line, index) =>
            pattern.test(line) ? [`${path}:${index + 1}: use ${instead}`] : [],
          ),
      );
    expect(offences).toEqual([]);
  });
});

test("every RPC has a file, and a test that calls it", () => {
  const service = read("proto/bookfinder/v1/book_service.proto");
  const methods = [...service.matchAll(/^\s*rpc (\w+)\(/gm)].map(([, name = ""]) => name);
  expect(methods.length).toBeGreaterThan(4);
  const tests = tracked
    .filter((path) => /^server\/rpc\/.*\.test\.ts$/.test(path))
    .map(read)
    .join("\n");
  const missing = methods.flatMap((method) => {
    const file = `server/rpc/book-service/${method.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase()}.ts`;
    const call = `.${method[0]?.toLowerCase()}${method.slice(1)}(`;
    return [
      ...(tracked.includes(file) ? [] : [file]),
      ...(tests.includes(call) ? [] : [`a test that calls ${call}`]),
    ];
  });
  expect(missing).toEqual([]);
});

test("no file lies dead: everything is an entry, a test, or imported", () => {
  const entries =
    /^(scripts|bench|test|web\/e2e)\/|\.test\.tsx?$|\.config\.ts$|cli\.ts$|worker\.ts$|^server\/main\.ts$|^web\/main\.tsx$|\.d\.ts$/;
  const imported = new Set(code.flatMap(importsOf));
  const html = tracked.filter((path) => path.endsWith(".html")).map(read);
  const dead = sources.filter(
    (path) =>
      !entries.test(path) &&
      !imported.has(path) &&
      !html.some((page) => page.includes(path.replace(/^web\//, ""))),
  );
  // Style sheets are also imported by other style sheets.
  const styles = sources.filter((path) => path.endsWith(".css")).map(read);
  expect(
    dead.filter((path) => !styles.some((css) => css.includes(path.split("/").at(-1) ?? path))),
  ).toEqual([]);
});

test("every relative link of the documents leads to a file", () => {
  const documents = tracked.filter((path) => path.endsWith(".md"));
  const broken = documents.flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, target = ""]) => normalize(join(dirname(path), target)))
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${path} → ${target}`),
  );
  expect(broken).toEqual([]);
});
