import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { sharedData } from "./shared-catalogue.ts";

/** Misspellings that people really made, by the word that was meant; both in small letters. */
export function readMisspellings(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (wrong: string, right: string) => {
    const [from, to] = [wrong.trim().toLowerCase(), right.trim().toLowerCase()];
    if (!/^[a-z]+$/.test(from) || !/^[a-z]+$/.test(to) || from === to) {
      return;
    }
    found.set(to, [...(found.get(to) ?? []), from]);
  };
  // "wrong->right" or "wrong->right, other right,": only where it is clear what was meant.
  for (const line of unpacked("codespell_dictionary.txt.xz")) {
    const [wrong = "", right = ""] = line.split("->");
    if (!right.includes(",")) {
      add(wrong, right);
    }
  }
  // "$right" and the misspellings below it.
  let meant = "";
  for (const line of unpacked("birkbeck_missp.dat.xz")) {
    if (line.startsWith("$")) {
      meant = line.slice(1);
    } else {
      add(line, meant);
    }
  }
  // "right: wrong wrong".
  for (const line of unpacked("norvig_spell-testset1.txt.xz")) {
    const [right = "", wrong = ""] = line.split(":");
    for (const word of wrong.trim().split(" ")) {
      add(word, right);
    }
  }
  return found;
}

function unpacked(name: string): string[] {
  const file = join(sharedData, "misspellings", name);
  return execFileSync("xz", ["-dc", file], { encoding: "utf8", maxBuffer: 64 << 20 }).split("\n");
}
