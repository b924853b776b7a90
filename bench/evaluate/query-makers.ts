/**
 * How a reader who means a certain book might type it, one maker for each class of queries. A maker
 * answers undefined where the book does not lend itself to its class, or where something else would
 * be meant more likely: what is accepted must be what a librarian would hand over.
 */
import { demand, fold, type KnownBook, type KnownBooks } from "./known-book.ts";
import { humanSlip, type Random, randomSlip } from "./slips.ts";

export type MadeQuery = { text: string; accepted: KnownBook[] };

export type MakerContext = KnownBooks & { random: Random; misspellings: Map<string, string[]> };

export type Maker = (book: KnownBook, context: MakerContext) => MadeQuery | undefined;

/** Works of the same title in equal demand: nobody could say which of them is meant. */
function ofSameTitle(book: KnownBook, { byBareTitle }: MakerContext): KnownBook[] | undefined {
  const same = byBareTitle.get(book.bareTitle) ?? [book];
  const most = Math.max(...same.map(demand));
  if (demand(book) < most) {
    return undefined;
  }
  return same;
}

/** The same, also where the subtitle was left out. */
function ofSameMainTitle(book: KnownBook, context: MakerContext): KnownBook[] | undefined {
  const same = ofSameTitle(book, context);
  if (same === undefined) {
    return undefined;
  }
  return [...new Set([...same, ...(context.byMainTitle.get(book.bareTitle) ?? [])])];
}

function byFirstAuthor(book: KnownBook, { byBareTitle }: MakerContext): KnownBook[] {
  return (byBareTitle.get(book.bareTitle) ?? [book]).filter((other) =>
    other.names.some((name) => name.split(" ").includes(book.surname)),
  );
}

function isUsable(book: KnownBook): boolean {
  return book.title.length >= 5 && book.title.length <= 120 && book.work.demotion === "none";
}

function hasSurname({ surname }: KnownBook): boolean {
  return surname.length >= 4 && !/\d/.test(surname);
}

const title: Maker = (book, context) => {
  const accepted = isUsable(book) ? ofSameMainTitle(book, context) : undefined;
  return accepted && { text: context.random.chance(0.5) ? book.work.title : book.title, accepted };
};

const titleAndAuthor: Maker = (book, context) => {
  if (!isUsable(book) || !hasSurname(book)) {
    return undefined;
  }
  const { surname, title: words } = book;
  const text = context.random.chance(0.5) ? `${words} ${surname}` : `${surname} ${words}`;
  return { text, accepted: byFirstAuthor(book, context) };
};

const surnameAndWord: Maker = (book, context) => {
  if (!isUsable(book) || !hasSurname(book)) {
    return undefined;
  }
  const words = book.title.split(" ").filter((word) => word.length >= 4 && word !== book.surname);
  const word = context.random.pick(words);
  if (word === undefined) {
    return undefined;
  }
  const rivals = (context.byName.get(book.names[0] ?? "") ?? []).filter((other) =>
    other.title.split(" ").includes(word),
  );
  if (rivals.some((other) => demand(other) > demand(book))) {
    return undefined;
  }
  const equals = rivals.filter((other) => demand(other) === demand(book));
  return { text: `${book.surname} ${word}`, accepted: equals };
};

const prefix: Maker = (book, context) => {
  if (!isUsable(book) || book.title.length < 9) {
    return undefined;
  }
  const share = 0.55 + 0.15 * context.random.next();
  const text = book.title.slice(0, Math.floor(book.title.length * share)).trimEnd();
  const begun = context.books.filter((other) => other.title.startsWith(text));
  const most = Math.max(...begun.map(demand));
  if (demand(book) < most) {
    return undefined;
  }
  const equals = begun.filter((other) => demand(other) === most);
  return { text, accepted: [...new Set([...equals, ...(ofSameTitle(book, context) ?? [])])] };
};

const typoSlip: Maker = (book, context) => {
  if (!isUsable(book)) {
    return undefined;
  }
  const text = randomSlip(book.title, context.random);
  const accepted = ofSameMainTitle(book, context);
  if (text === undefined || accepted === undefined || isTitle(text, context)) {
    return undefined;
  }
  return { text, accepted };
};

const typoHuman: Maker = (book, context) => {
  if (!isUsable(book)) {
    return undefined;
  }
  const text = humanSlip(book.title, context.misspellings, context.random);
  const accepted = ofSameMainTitle(book, context);
  if (text === undefined || accepted === undefined || isTitle(text, context)) {
    return undefined;
  }
  return { text, accepted };
};

/** A slip that made another book's title asks for that book. */
function isTitle(text: string, { byBareTitle, byMainTitle }: MakerContext): boolean {
  return byBareTitle.has(text) || byMainTitle.has(text.replace(/^(the|an?) /, ""));
}

const typoAuthor: Maker = (book, context) => {
  if (!isUsable(book) || book.surname.length < 5) {
    return undefined;
  }
  const wrong = randomSlip(book.surname, context.random);
  if (wrong === undefined || !hasSurname(book)) {
    return undefined;
  }
  return { text: `${book.title} ${wrong}`, accepted: byFirstAuthor(book, context) };
};

const isbn: Maker = (book, { random }) => {
  const edition = random.pick(book.editions.filter(({ isbn13 }) => isbn13.length > 0));
  const number = random.pick(edition?.isbn13 ?? []);
  if (number === undefined) {
    return undefined;
  }
  const spellings = [
    number,
    `${number.slice(0, 3)}-${number.slice(3)}`,
    `ISBN ${number.slice(0, 3)} ${number.slice(3, 4)} ${number.slice(4, 8)} ${number.slice(8, 12)} ${number.slice(12)}`,
    `${number.slice(0, 3)}-${number.slice(3, 4)}-${number.slice(4, 8)}-${number.slice(8, 12)}-${number.slice(12)}`,
    ...(edition?.isbn10 ?? []),
  ];
  return { text: random.pick(spellings) ?? number, accepted: [book] };
};

const diacritics: Maker = (book, context) => {
  const marked = /\p{L}\p{M}/u.test(book.work.title.normalize("NFD"));
  const latin = /^[\p{Script=Latin}\p{N}\p{P}\p{Z}]+$/u.test(book.work.title);
  const accepted = marked && latin && isUsable(book) ? ofSameMainTitle(book, context) : undefined;
  return accepted && { text: book.title, accepted };
};

const foreignTitle =
  (script: "latin" | "script"): Maker =>
  (book, context) => {
    const others = book.work.otherTitles.filter(({ title: other }) => {
      const isLatin = /^[\p{Script=Latin}\p{N}\p{P}\p{Z}]+$/u.test(other);
      return isLatin === (script === "latin") && other.length >= 5 && fold(other) !== book.title;
    });
    const other = context.random.pick(others);
    if (other === undefined || book.stratum !== "head" || isTitle(fold(other.title), context)) {
      return undefined;
    }
    return { text: other.title, accepted: [book] };
  };

const SHORT_TITLE_LENGTH = 4;

const shortTitle: Maker = (book, context) => {
  if (book.title.length > SHORT_TITLE_LENGTH || book.title === "") {
    return undefined;
  }
  const accepted = ofSameMainTitle(book, context);
  return accepted && { text: book.title, accepted };
};

const punctuation: Maker = (book, context) => {
  const { title: written } = book.work;
  const changed = context.random.chance(0.5)
    ? written.replaceAll(" and ", " & ").replaceAll(/[:,.]/g, "")
    : written.replaceAll(/[-'’:,.!?]/g, "");
  const accepted = changed !== written ? ofSameMainTitle(book, context) : undefined;
  return accepted && isUsable(book) ? { text: changed, accepted } : undefined;
};

const initials: Maker = (book, context) => {
  const name = book.work.authors[0]?.name ?? "";
  const match = /^((?:\p{Lu}\. ?){2,3})(\p{L}{3,})$/u.exec(name);
  if (match === null || !isUsable(book)) {
    return undefined;
  }
  const letters = (match[1] ?? "").replaceAll(/[. ]/g, "");
  const form = context.random.pick([letters, [...letters].join(" "), letters.toLowerCase()]);
  return { text: `${form} ${match[2]} ${book.title}`, accepted: byFirstAuthor(book, context) };
};

const seriesAndNumber: Maker = (book, context) => {
  const entry = book.work.series.find(({ position }) => /^\d+$/.test(position));
  if (entry === undefined || book.stratum !== "head") {
    return undefined;
  }
  const series = fold(entry.title);
  const accepted = context.books.filter((other) =>
    other.work.series.some((one) => one.position === entry.position && fold(one.title) === series),
  );
  return { text: `${series} ${entry.position}`, accepted };
};

const splitJoin: Maker = (book, context) => {
  const words = book.title.split(" ");
  const accepted = words.length >= 2 && isUsable(book) ? ofSameMainTitle(book, context) : undefined;
  if (accepted === undefined || book.stratum !== "head") {
    return undefined;
  }
  const gap = 1 + Math.floor(context.random.next() * (words.length - 1));
  return { text: `${words.slice(0, gap).join(" ")}${words.slice(gap).join(" ")}`, accepted };
};

const WORKS_OF_AN_AUTHOR_MIN = 4;

const author: Maker = (book, { byName }) => {
  const [name = ""] = book.names;
  const works = byName.get(name) ?? [];
  if (works.length < WORKS_OF_AN_AUTHOR_MIN || name.split(" ").length < 2) {
    return undefined;
  }
  return book.stratum === "head" ? { text: name, accepted: works } : undefined;
};

/** For each class of queries: its maker, how many, and whether of each stratum. */
export const makers: { name: string; make: Maker; count: number; stratified: boolean }[] = [
  { name: "title", make: title, count: 150, stratified: true },
  { name: "title+author", make: titleAndAuthor, count: 150, stratified: true },
  { name: "surname+word", make: surnameAndWord, count: 150, stratified: true },
  { name: "prefix", make: prefix, count: 150, stratified: true },
  { name: "typo-slip", make: typoSlip, count: 150, stratified: true },
  { name: "typo-human", make: typoHuman, count: 300, stratified: true },
  { name: "typo-author", make: typoAuthor, count: 150, stratified: true },
  { name: "isbn", make: isbn, count: 100, stratified: false },
  { name: "diacritics", make: diacritics, count: 100, stratified: false },
  { name: "foreign-title/latin", make: foreignTitle("latin"), count: 100, stratified: false },
  { name: "foreign-title/script", make: foreignTitle("script"), count: 100, stratified: false },
  { name: "short-title", make: shortTitle, count: 100, stratified: false },
  { name: "punctuation", make: punctuation, count: 125, stratified: false },
  { name: "initials", make: initials, count: 100, stratified: false },
  { name: "series+number", make: seriesAndNumber, count: 100, stratified: false },
  { name: "split-join", make: splitJoin, count: 100, stratified: false },
  { name: "author", make: author, count: 100, stratified: false },
];
