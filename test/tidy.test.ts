/** The rules of the house that a machine can check; CONTRIBUTING.md says why they exist. */
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { noticeSentences } from "#server/catalog/notice-sentences.ts";
import { code, read, root, sources, tracked } from "./source-tree.ts";

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
    /^(scripts|bench|test|docs)\/|cli\.ts$|server\/serve\.ts$|\.test\.tsx?$/,
  ],
  [
    /\bprocess\.(env|argv|exit|on|stdout|stderr|exitCode)\b/,
    "arguments; only entry files touch process",
    /^(scripts|bench|test|docs)\/|cli\.ts$|server\/serve\.ts$|\.config\.ts$|\.test\.tsx?$|worker\.ts$|^web\/e2e\//,
  ],
  [/\bprocess\.argv\b/, "startCommand", /^bench\/protocols\/server|^(?:test|docs)\/|\.test\.ts$/],
  [
    /\bsetTimeout(?:\(| as )/,
    "waitUntil (server/testing), which says what it waits for",
    // No tests, and clients that are slow on purpose.
    /(?<!\.test\.tsx?)$|^server\/http\/hostile-clients\./,
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

/** "GetBook" → "get-book". */
function kebabCase(name: string): string {
  return name.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();
}

describe("every RPC has a file of its own, and a test that calls it", () => {
  const protos = tracked.filter((path) => /^proto\/.*\.proto$/.test(path));
  const methods = protos.flatMap((path) =>
    [...read(path).matchAll(/^\s*rpc (\w+)\s*\(/gm)].map(([, method = ""]) => [path, method]),
  );
  const tests = tracked
    .filter((path) => /^server\/.*\.test\.ts$/.test(path))
    .map(read)
    .join("\n");

  test("the services are found", () => {
    expect(methods.length).toBeGreaterThan(6);
  });

  test.each(methods)("%s %s", (_, method = "") => {
    const file = new RegExp(`^server/rpc/[a-z-]+/${kebabCase(method)}\\.ts$`);
    expect(tracked.filter((path) => file.test(path))).toHaveLength(1);
    expect(tests).toMatch(new RegExp(`\\.${method}\\(`, "i"));
  });
});

test("every proto has its generated code", () => {
  const missing = tracked
    .filter((path) => /^proto\/.*\.proto$/.test(path))
    .map((path) => path.replace(/^proto\/(.*)\.proto$/, "proto/gen/$1_pb.ts"))
    .filter((path) => !tracked.includes(path));
  expect(missing).toEqual([]);
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

/** True if a name in a document is one of a file or folder here: "server/rpc/", "app.ts". */
function namesPath(name: string): boolean {
  const isPath = /^[\w.<>*-]+(\/[\w.<>*-]+)*\/?$/.test(name);
  const [folder = ""] = name.split("/", 1);
  const isInside = name.includes("/") && tracked.some((path) => path.startsWith(`${folder}/`));
  return isPath && (isInside || /\.(ts|tsx|md|proto|css|txt)$/.test(name));
}

test.each(["CONTRIBUTING.md", "ARCHITECTURE.md"])(
  "every path that %s names is there",
  (document) => {
    const names = [...read(document).matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
    const missing = names.filter(namesPath).filter((name) => {
      // "<method>" is any file; a name may leave out the folder that the text is about.
      const pattern = name
        .replace(/\/$/, "")
        .replaceAll(".", "\\.")
        .replaceAll("*", "[^/]*")
        .replaceAll(/<\w+>/g, "[^/]+");
      return !tracked.some((path) => new RegExp(`(?:^|/)${pattern}(?:$|/)`).test(path));
    });
    expect(missing).toEqual([]);
  },
);

test("every path that code and documents name from the root is there", () => {
  const naming =
    /(?<!#)\b(?:server|web|covers|bench|test|scripts|docs)\/[\w./-]+\.(?:tsx?|md|css)\b/g;
  // Records of decisions are never rewritten.
  const texts = [...sources, ...tracked.filter((path) => path.endsWith(".md"))].filter(
    (path) => !path.startsWith("docs/decisions/"),
  );
  const missing = texts.flatMap((path) =>
    [...read(path).matchAll(naming)]
      .filter(([name]) => !tracked.some((known) => known === name || known.endsWith(`/${name}`)))
      .map(([name]) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});

describe("notices of a search", () => {
  test("only their table has sentences", () => {
    // A notice is made by `notice`; a literal would need a sentence of its own.
    const reasons = Object.keys(noticeSentences).join("|");
    const literal = new RegExp(`reason: "(?:${reasons})"`);
    const offences = code.filter((path) => /^server\//.test(path) && literal.test(read(path)));
    expect(offences.filter((path) => !path.endsWith(".test.ts"))).toEqual([]);
  });

  test("the schema lists every reason", () => {
    const schema = read("proto/bookfinder/v1/search.proto");
    const listed = Object.keys(noticeSentences).filter((reason) => schema.includes(`"${reason}"`));
    expect(listed).toEqual(Object.keys(noticeSentences));
  });
});
