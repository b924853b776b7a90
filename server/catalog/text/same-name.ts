/**
 * Credits of one work that are one person twice, because the sources have two records: "J.R.R. Tolkien,
 * John Ronald Reuel Tolkien". On one title page, names that may be the same are.
 */
import { givenAndFamily } from "./name-forms.ts";
import { romanKey } from "./roman-key.ts";

/** Works have few authors; of more, the first are compared. */
const MAX_COMPARED = 20;

/** The credits without those that repeat one before them under another form of its name. */
export function creditedOnce<Credit extends { name: string }>(
  credits: readonly Credit[],
): Credit[] {
  if (credits.length < 2) {
    return [...credits];
  }
  const kept: { credit: Credit; name: PersonName }[] = [];
  for (const credit of credits) {
    const name = personName(credit.name);
    const isRepeated = kept
      .slice(0, MAX_COMPARED)
      .some((one) => areSame(one.name, name) || one.credit.name === credit.name);
    if (!isRepeated) {
      kept.push({ credit, name });
    }
  }
  return kept.map(({ credit }) => credit);
}

/** As it sounds, whatever the transliteration: "Tolstoj", "Tolstoy". */
type PersonName = { given: string[]; family: string; whole: string };

function personName(name: string): PersonName {
  const { given, family } = givenAndFamily(name.replace(/[([][^()[\]]*[)\]]?/gu, " "));
  const all = [...given, ...family].join("");
  return {
    given: given.map(romanKey),
    family: romanKey(family.join("")),
    // Wade and Giles write "Sun Tzu", pinyin "Sunzi".
    whole: romanKey(all.replace(/t[sz](?:u|e)$/, "zi")),
  };
}

/** The same family name, and given names that agree as far as both have them, or in their initials. */
function areSame(one: PersonName, other: PersonName): boolean {
  if (one.whole === other.whole && one.whole !== "") {
    return true;
  }
  if (one.family !== other.family || one.family === "") {
    return false;
  }
  const count = Math.min(one.given.length, other.given.length);
  if (count === 0) {
    return one.given.length === other.given.length;
  }
  return one.given.slice(0, count).every((name, place) => agree(name, other.given[place] ?? ""));
}

function agree(one: string, other: string): boolean {
  const isInitial = one.length === 1 || other.length === 1;
  return isInitial ? one.charAt(0) === other.charAt(0) : one === other;
}
