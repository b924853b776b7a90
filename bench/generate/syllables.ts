import type { Language } from "./languages.ts";
import { Random } from "./random.ts";

/** Words of a language, all different, shorter ones first. Longer lists begin with shorter ones. */
export function makeWords(
  language: Language,
  seed: number,
  stream: number,
  count: number,
  taken: readonly string[] = [],
): string[] {
  const random = new Random().start(seed, stream, 0);
  const known = new Set(taken);
  const words: string[] = [];
  let misses = 0;
  while (words.length < count) {
    // A script of few syllables runs out of short words: after some misses words grow longer.
    const word = makeWord(language, random, syllableCount(random, words.length) + (misses >> 3));
    if (known.has(word)) {
      misses++;
      continue;
    }
    misses = 0;
    known.add(word);
    words.push(word);
  }
  return words;
}

/** "tovarel": never of one syllable, for those are too often words that exist. */
function makeWord(language: Language, random: Random, syllables: number): string {
  let word = "";
  for (let i = 0; i < syllables; i++) {
    word += onset(language, random) + random.pick(language.nuclei);
    if (random.chance(i === syllables - 1 ? 0.6 : 0.2)) {
      word += random.pick(language.codas);
    }
  }
  return random.chance(0.3) ? word + random.pick(language.endings) : word;
}

/** Mostly one letter, as in real words; clusters are the exception. */
function onset(language: Language, random: Random): string {
  const sound = random.pick(language.onsets);
  return sound.length > 1 && random.chance(0.6) ? sound.charAt(0) : sound;
}

function syllableCount(random: Random, rank: number): number {
  if (rank < 4000) {
    return 2;
  }
  return random.chance(rank < 40_000 ? 0.75 : 0.45) ? 2 : random.chance(0.85) ? 3 : 4;
}
