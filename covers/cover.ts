import { diceOf, hashOf } from "./dice.ts";
import { type LayoutName, layouts } from "./layouts.ts";
import { palettes } from "./palettes.ts";
import { choosePicture } from "./picture.ts";
import type { Scene } from "./scene.ts";
import { type Script, scriptOf } from "./scripts.ts";
import { rect, type Shape, whole } from "./shapes.ts";

/**
 * Typographic covers: every book gets a jacket, drawn from what the catalogue knows of it, the same
 * one every time. The layouts nod to series that made paperbacks beautiful; palette, picture and
 * measures come from dice seeded by the book's key, so two books rarely look alike, while the books
 * of one series share layout and palette, as they do on a shelf.
 *
 *     book → scene (texts, script, palette, picture, dice) → layout → shapes → svg
 */
export type CoverBook = {
  /** Open Library key; seeds the dice. */
  key: string;
  title: string;
  /** Empty if unknown. */
  author: string;
  /** Empty if it belongs to none. */
  series: string;
  /** "8"; empty if unnumbered. */
  position: string;
  /** 0 if unknown. */
  year: number;
  subjects: readonly string[];
};

/** Longer titles are cut before fitting: no cover holds them. */
const titleLettersMax = 120;
const authorLettersMax = 60;
/** What is left of a title without its subtitle must be at least this long to stand alone. */
const titleLettersMin = 4;

/** Draws a book's cover. `layout` forces one, for the page of parts. */
export function drawCover(book: CoverBook, layout: LayoutName = chooseLayout(book)): Shape[] {
  const dice = diceOf(book.key);
  const houseDice = book.series === "" ? dice : diceOf(book.series);
  const scene: Scene = {
    title: shorten(shortTitle(book.title), titleLettersMax),
    author: shorten(book.author.trim(), authorLettersMax),
    series: [book.series, book.position].filter((part) => part !== "").join(" "),
    year: book.year > 0 ? String(book.year) : "",
    script: scriptOf(book.title),
    palette: houseDice.pick(palettes),
    picture: choosePicture(book.subjects, dice),
    dice,
    houseDice,
  };
  const ground = rect(whole, { fill: scene.palette.ground });
  return [ground, ...layouts[layout](scene)];
}

/** The books of a series share a layout; Chinese and Japanese books more often get a title slip. */
export function chooseLayout(book: CoverBook): LayoutName {
  const names = layoutNames(scriptOf(book.title));
  const seed = book.series === "" ? `${book.key}/layout` : `${book.series}/layout`;
  return names[hashOf(seed) % names.length] ?? "grid";
}

function layoutNames(script: Script): LayoutName[] {
  // Object.keys widens to string; `layouts` is a literal object.
  const names = Object.keys(layouts) as LayoutName[];
  if (script === "cjk" || script === "hangul") {
    return [...names, "slip", "slip", "slip", "slip"];
  }
  // A single letter means little where letters join.
  if (script === "arabic") {
    return [...names.filter((name) => name !== "initial"), "medallion"];
  }
  return names;
}

/** Without a subtitle ("Moby-Dick; or, The Whale"), where the title proper is telling enough. */
function shortTitle(title: string): string {
  const [first = ""] = title.split(/\s*[:;=]\s+|\s+[-–—/([]\s*/u);
  const proper = first.replace(/\s+or$/iu, "").trim();
  return [...proper].length >= titleLettersMin ? proper : title.trim();
}

function shorten(text: string, lettersMax: number): string {
  const letters = [...text];
  return letters.length <= lettersMax ? text : `${letters.slice(0, lettersMax - 1).join("")}…`;
}
