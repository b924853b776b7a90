import { toMarcLanguage } from "#server/catalog/languages.ts";

/** The preferred languages as MARC codes, best first; what is no known language is left out. */
export function toMarcLanguages(languages: readonly string[]): string[] {
  return [...new Set(languages.map(toMarcLanguage))].filter((code) => code !== "");
}
