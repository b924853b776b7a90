import { toMarcLanguage } from "#server/catalog/languages.ts";
import type { Edition, TitleVariant } from "#server/catalog/records.ts";
import { recordLimits as limits } from "../limits.ts";
import type { ParsedEdition, ParsedWork } from "../parse/parsed-records.ts";

type TitleCount = TitleVariant & { count: number };

/**
 * Titles under which a work is also known: those of its editions, the title of the original, those
 * that catalogues added. The more editions bear one, the further in front; at most 50.
 */
export function otherTitlesOf(
  title: string,
  work: ParsedWork | undefined,
  editions: readonly { source: ParsedEdition; edition: Edition }[],
): TitleVariant[] {
  const found = new Map<string, TitleCount>();
  let known: string | undefined;
  const add = (other: string, language: string): void => {
    if (other === title || other === "") {
      return;
    }
    known ??= comparable(title);
    const key = comparable(other);
    if (key === known || key === "") {
      return;
    }
    const entry = found.get(key);
    if (entry === undefined) {
      found.set(key, { title: other, language, count: 1 });
    } else {
      entry.count += 1;
      if (entry.language === "") {
        entry.language = language;
      }
    }
  };
  for (const { source, edition } of editions) {
    add(edition.title, edition.languages[0] ?? "");
    for (const other of source.otherTitles) {
      add(other, "");
    }
    const original = source.originalLanguage === "" ? "" : toMarcLanguage(source.originalLanguage);
    for (const other of source.workTitles) {
      add(other.replace(/\.$/, ""), original);
    }
  }
  for (const other of work?.otherTitles ?? []) {
    add(other, "");
  }
  if (found.size === 0) {
    return [];
  }
  return [...found.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, limits.otherTitles)
    .map((entry) => ({ title: entry.title, language: entry.language }));
}

/** Titles that differ in case, punctuation or blanks only are one. */
function comparable(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}+#]+/gu, "");
}
