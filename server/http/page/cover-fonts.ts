/** The font files that the letters of a cover need, out of font packages. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

type FontFamily = {
  packageName: string;
  /** How its files are named, with "*" for the name of a subset of its letters. */
  pattern: string;
  /** Its letters; every family has some of other scripts, but not all that its table names. */
  script?: RegExp;
};

/** Those of the page, then others for scripts that they lack. */
const families: readonly FontFamily[] = [
  { packageName: "@fontsource-variable/literata", pattern: "literata-*-wght-normal" },
  { packageName: "@fontsource-variable/literata", pattern: "literata-*-wght-italic" },
  { packageName: "@fontsource-variable/figtree", pattern: "figtree-*-wght-normal" },
  {
    packageName: "@fontsource/noto-naskh-arabic",
    pattern: "noto-naskh-arabic-*-600-normal",
    script: /\p{Script_Extensions=Arabic}/u,
  },
  {
    packageName: "@fontsource-variable/noto-serif-hebrew",
    pattern: "noto-serif-hebrew-*-wght-normal",
    script: /\p{Script_Extensions=Hebrew}/u,
  },
  {
    // Han as it is written in China: the text alone doesn't say that a title is Japanese.
    packageName: "@fontsource-variable/noto-sans-sc",
    pattern: "noto-sans-sc-*-wght-normal",
    script: /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\uff01-\uff9f]/u,
  },
  {
    packageName: "@fontsource-variable/noto-sans-kr",
    pattern: "noto-sans-kr-*-wght-normal",
    script: /\p{scx=Hangul}/u,
  },
];

/** Of Vietnamese: resvg can't mix it with another file of the same family (covers/svg.ts). */
const unusedSubset = "vietnamese";

/** Ranges of letters by the name of a subset. */
type Subsets = Readonly<Record<string, string>>;

type Subset = { path: string; has: (codePoint: number) => boolean };

const require = createRequire(import.meta.url);
const contents = new Map<string, Uint8Array>();
let known: Subset[] | undefined;

/** The fonts for a text, and the letters that none of them has. */
export function fontsFor(text: string): { fonts: Uint8Array[]; missing: ReadonlySet<number> } {
  known ??= families.flatMap(subsetsOf);
  const letters = [...new Set([...text].map((letter) => letter.codePointAt(0) ?? 0))];
  const needed = known.filter(({ has }) => letters.some(has));
  const missing = letters.filter((letter) => !needed.some(({ has }) => has(letter)));
  return { fonts: needed.map(({ path }) => contentOf(path)), missing: new Set(missing) };
}

/** Kept: all of them together are some megabytes. */
function contentOf(path: string): Uint8Array {
  const content = contents.get(path) ?? readFileSync(path);
  contents.set(path, content);
  return content;
}

function subsetsOf({ packageName, pattern, script }: FontFamily): Subset[] {
  const folder = dirname(require.resolve(`${packageName}/LICENSE`));
  // The package's own table: {"latin": "U+0000-00FF,U+0131", "[4]": …}
  const table = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8")) as Subsets;
  return Object.entries(table)
    .filter(([name]) => name !== unusedSubset)
    .map(([name, text]) => {
      const isInRanges = rangesOf(text);
      return {
        path: join(folder, "files", `${pattern.replace("*", name.replace(/[[\]]/g, ""))}.woff2`),
        has: (codePoint) =>
          (script?.test(String.fromCodePoint(codePoint)) ?? true) && isInRanges(codePoint),
      };
    });
}

function rangesOf(text: string): Subset["has"] {
  const ranges = text.split(",").map((range) => {
    const [first = "", last = first] = range.replace("U+", "").split("-");
    return { first: Number.parseInt(first, 16), last: Number.parseInt(last, 16) };
  });
  return (codePoint) => ranges.some(({ first, last }) => codePoint >= first && codePoint <= last);
}
