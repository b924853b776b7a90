/** Ways in which fingers and memory go wrong. */
import { randomSource } from "./statistics.ts";

/** Chance, the same for the same seed. */
export class Random {
  readonly next: () => number;

  constructor(seed: number) {
    this.next = randomSource(seed);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(values: readonly T[]): T | undefined {
    return values[Math.floor(this.next() * values.length)];
  }
}

const neighbours: Record<string, string> = {
  a: "qsz",
  b: "vghn",
  c: "xdfv",
  d: "serfcx",
  e: "wsdr",
  f: "drtgvc",
  g: "ftyhbv",
  h: "gyujnb",
  i: "ujko",
  j: "huiknm",
  k: "jiolm",
  l: "kop",
  m: "njk",
  n: "bhjm",
  o: "iklp",
  p: "ol",
  q: "wa",
  r: "edft",
  s: "awedxz",
  t: "rfgy",
  u: "yhji",
  v: "cfgb",
  w: "qase",
  x: "zsdc",
  y: "tghu",
  z: "asx",
};

const SLIP_WORD_LENGTH_MIN = 4;

/** One letter left out, doubled, exchanged with its neighbour or mistaken for the next key. */
export function randomSlip(text: string, random: Random): string | undefined {
  return inOneWord(
    text,
    (word) => word.length >= SLIP_WORD_LENGTH_MIN && /^[a-z]+$/.test(word),
    random,
    (word) => {
      const at = 1 + Math.floor(random.next() * (word.length - 1));
      const letter = word[at] ?? "";
      const kind = random.pick(["drop", "double", "swap", "neighbour"] as const);
      if (kind === "drop") {
        return word.slice(0, at) + word.slice(at + 1);
      }
      if (kind === "double") {
        return word.slice(0, at) + letter + word.slice(at);
      }
      if (kind === "swap") {
        return word.slice(0, at - 1) + letter + (word[at - 1] ?? "") + word.slice(at + 1);
      }
      const wrong = random.pick([...(neighbours[letter] ?? "")]) ?? "";
      return word.slice(0, at) + wrong + word.slice(at + 1);
    },
  );
}

/** One word as somebody once misspelt it. */
export function humanSlip(
  text: string,
  misspellings: ReadonlyMap<string, string[]>,
  random: Random,
): string | undefined {
  return inOneWord(
    text,
    (word) => word.length >= SLIP_WORD_LENGTH_MIN && misspellings.has(word),
    random,
    // The first letter is the last thing people get wrong; the corpora have wilder ones.
    (word) =>
      random.pick((misspellings.get(word) ?? []).filter((one) => one[0] === word[0])) ?? word,
  );
}

function inOneWord(
  text: string,
  isSuited: (word: string) => boolean,
  random: Random,
  change: (word: string) => string,
): string | undefined {
  const words = text.split(" ");
  const index = random.pick(words.flatMap((word, at) => (isSuited(word) ? [at] : [])));
  if (index === undefined) {
    return undefined;
  }
  const changed = change(words[index] ?? "");
  if (changed === words[index]) {
    return undefined;
  }
  return words.with(index, changed).join(" ");
}
