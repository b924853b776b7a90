/** Rows of lists as people keep them, made from works, with the dirt that such lists have. */

import type { ListRow } from "#server/catalog/list-row.ts";
import type { Work } from "#server/catalog/records.ts";
import { type Random, randomSlip } from "../evaluate/slips.ts";

export type MadeRow = { row: ListRow; style: string; dirt: string[] };

type Fields = { title: string; author: string; year: number; publisher: string; place: string };

const noRow: ListRow = { citation: "", isbn: "", title: "", author: "", year: 0 };

/** "Ursula K. Le Guin" → "Le Guin, Ursula K." or "Le Guin, U. K.". */
function inverted(name: string, isShort: boolean): string {
  if (name.includes(",")) {
    return name;
  }
  const words = name.split(" ");
  let start = words.length - 1;
  while (
    start > 1 &&
    /^(?:de|van|von|der|den|la|le|du|Le|La|De|Van|Von)$/.test(words[start - 1] ?? "")
  ) {
    start -= 1;
  }
  if (start < 1) {
    return name;
  }
  const given = words.slice(0, start).map((word) => (isShort ? `${[...word][0]}.` : word));
  return `${words.slice(start).join(" ")}, ${given.join(" ")}`;
}

const styles: Record<string, (fields: Fields) => Partial<ListRow>> = {
  row: ({ title, author, year }) => ({ title, author, year }),
  "row, family name first": ({ title, author, year }) => ({
    title,
    author: inverted(author, false),
    year,
  }),
  "row, initials": ({ title, author }) => ({ title, author: inverted(author, true) }),
  "row, title only": ({ title, year }) => ({ title, year }),
  apa: ({ title, author, year, publisher }) => ({
    citation: `${inverted(author, true)} (${year || "n.d."}). ${sentence(title)}. ${publisher}.`,
  }),
  mla: ({ title, author, year, publisher }) => ({
    citation: `${inverted(author, false)}. ${title}. ${publisher}, ${year || "n.d."}.`,
  }),
  chicago: ({ title, author, year, publisher, place }) => ({
    citation: `${inverted(author, false)}. ${title}. ${place}: ${publisher}, ${year || "n.d."}.`,
  }),
  note: ({ title, author, year, publisher, place }) => ({
    citation: `${author}, ${title} (${place}: ${publisher}, ${year || "n.d."}), 123.`,
  }),
  harvard: ({ title, author, year, publisher, place }) => ({
    citation: `${inverted(author, true)} ${year || "n.d."}, ${title}, ${publisher}, ${place}.`,
  }),
  isbd: ({ title, author, year, publisher, place }) => ({
    citation: `${title} / ${author}. — ${place} : ${publisher}, ${year || "s.a."}. — 312 p.`,
  }),
  "by line": ({ title, author, year }) => ({
    citation: `${title} by ${author}${year ? ` (${year})` : ""}`,
  }),
  "dash line": ({ title, author }) => ({ citation: `${author} - ${title}` }),
  quoted: ({ title, author, year }) => ({
    citation: `${author}, “${title}”${year ? `, ${year}` : ""}`,
  }),
};

export const styleNames: readonly string[] = [...Object.keys(styles), "isbn"];

const publishers = [
  "Penguin Books",
  "Faber & Faber",
  "Oxford University Press",
  "Vintage",
  "Gallimard",
];
const places = ["London", "New York", "Paris", "Oxford", "Berlin"];

/** A row of a style that means the work; undefined if the work has not what the style needs. */
export function makeRow(work: Work, style: string, random: Random): MadeRow | undefined {
  if (style === "isbn") {
    if (work.isbn13 === "") {
      return undefined;
    }
    return { row: { ...noRow, isbn: work.isbn13 }, style, dirt: [] };
  }
  const author = work.authors[0]?.name ?? "";
  if (author === "" && style !== "row, title only") {
    return undefined;
  }
  const dirt: string[] = [];
  const soil = (name: string, chance: number, change: () => void): void => {
    if (!random.chance(chance)) {
      return;
    }
    dirt.push(name);
    change();
  };
  const fields: Fields = {
    title: work.title,
    author,
    year: work.firstPublished.year,
    publisher: random.pick(publishers) ?? "",
    place: random.pick(places) ?? "",
  };
  soil("slip in the title", 0.25, () => {
    fields.title = randomSlip(fields.title.toLowerCase(), random) ?? fields.title;
  });
  soil("slip in the name", 0.15, () => {
    const slipped = randomSlip(fields.author.toLowerCase(), random);
    if (slipped !== undefined) {
      fields.author = capitals(slipped);
    }
  });
  soil("subtitle", 0.4, () => {
    if (work.subtitle !== "") {
      fields.title += `: ${work.subtitle}`;
    }
  });
  soil("year of a later edition", 0.4, () => {
    if (fields.year > 0) {
      fields.year = Math.min(2024, fields.year + 1 + Math.floor(random.next() * 40));
    }
  });
  soil("no year", 0.15, () => {
    fields.year = 0;
  });
  soil("no accents", 0.15, () => {
    fields.title = fields.title.normalize("NFD").replace(/\p{M}/gu, "");
    fields.author = fields.author.normalize("NFD").replace(/\p{M}/gu, "");
  });
  soil("capitals", 0.05, () => {
    fields.title = fields.title.toUpperCase();
  });
  soil("cut off", 0.05, () => {
    const words = fields.title.split(" ");
    if (words.length >= 5) {
      fields.title = words.slice(0, Math.ceil(words.length * 0.7)).join(" ");
    }
  });
  const made = styles[style]?.(fields);
  return made && { row: { ...noRow, ...made }, style, dirt };
}

function sentence(title: string): string {
  return title.charAt(0) + title.slice(1).toLowerCase();
}

function capitals(name: string): string {
  return name.replace(/(?<!\p{L})\p{Ll}/gu, (letter) => letter.toUpperCase());
}
