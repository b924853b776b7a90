/**
 * A subject as readers say it, in the words that libraries file it under: "the second world war" stands
 * under "World War, 1939-1945", "ancient rome" under "Rome, History", "the french revolution" under
 * "France, History, Revolution". The order of a heading's words doesn't matter here.
 *
 * The rules are those of the Library of Congress's headings (which most records have): peoples stand under
 * their country, wars under their years, an age under history.
 */

/** More words than a heading's name has are a description. */
const MAX_WORDS = 6;

/** Names of which the headings have other words altogether. */
const named: readonly [names: string, headings: string][] = [
  [
    "second world war|2nd world war|world war 2|world war ii|world war two|ww2|wwii|ww ii",
    "world war 1939 1945|world war ii",
  ],
  [
    "first world war|1st world war|world war 1|world war i|world war one|great war|ww1|wwi|ww i",
    "world war 1914 1918",
  ],
  ["american civil war|us civil war|war between the states", "united states civil war"],
  ["civil war", "united states civil war"],
  [
    "american revolution|revolutionary war|american war of independence",
    "united states revolution",
  ],
  ["holocaust|shoah", "holocaust jewish"],
  ["vietnam war", "vietnamese conflict"],
  ["russian revolution|october revolution", "soviet union revolution"],
  ["cold war", "world politics 1945"],
  ["witch hunts|witch trials|witches", "witchcraft"],
  ["sci fi|scifi|sf", "science fiction"],
  ["space travel", "interplanetary voyages"],
  ["cooking|recipes|cookbooks", "cookery"],
  ["kids|children", "juvenile"],
  ["movies|films|cinema", "motion pictures"],
  ["cars", "automobiles"],
  ["doctors", "physicians"],
  ["ai", "artificial intelligence"],
];

/** Peoples and languages with their countries. */
const countries = new Map(
  (
    "american:united states|british:great britain|english:england|scottish:scotland|irish:ireland|" +
    "welsh:wales|french:france|german:germany|italian:italy|spanish:spain|portuguese:portugal|dutch:netherlands|" +
    "belgian:belgium|swiss:switzerland|austrian:austria|polish:poland|czech:bohemia|hungarian:hungary|" +
    "russian:russia|soviet:soviet union|ukrainian:ukraine|swedish:sweden|norwegian:norway|danish:denmark|" +
    "finnish:finland|icelandic:iceland|greek:greece|turkish:turkey|persian:iran|iranian:iran|" +
    "chinese:china|japanese:japan|korean:korea|indian:india|egyptian:egypt|roman:rome|byzantine:byzantine empire|" +
    "mexican:mexico|canadian:canada|australian:australia|african:africa|cuban:cuba|brazilian:brazil|" +
    "jewish:jews|viking:vikings|medieval:middle ages|victorian:great britain 19th century"
  )
    .split("|")
    .map((entry) => entry.split(":") as [string, string]),
);

/** Headings speak of the past of a country as its history. */
const ages = new Set(["ancient", "early", "old", "imperial"]);

const byName = new Map(
  named.flatMap(([names, headings]) =>
    names.split("|").map((name) => [name, headings.split("|")] as const),
  ),
);

/** Other wordings of a subject's folded words; none for most. */
export function headingForms(subject: readonly string[]): string[][] {
  const words = subject[0] === "the" ? subject.slice(1) : subject;
  if (words.length === 0 || words.length > MAX_WORDS) {
    return [];
  }
  const forms: string[][] = [];
  const name = words.join(" ");
  for (const heading of byName.get(name) ?? []) {
    if (heading !== name) {
      forms.push(heading.split(" "));
    }
  }
  const country = countries.get(words[0] ?? "");
  if (country !== undefined && words.length > 1) {
    forms.push([...country.split(" "), ...words.slice(1)]);
  }
  if (words.length === 2 && ages.has(words[0] ?? "")) {
    forms.push([...words.slice(1), "history"]);
  }
  if (words.length === 2 && words[1] === "empire") {
    forms.push([countries.get(words[0] ?? "") ?? words[0] ?? "", "history"]);
  }
  return forms;
}
