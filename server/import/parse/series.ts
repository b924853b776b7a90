import type { SeriesEntry } from "#server/catalog/records.ts";

/** "8", "2.5", "1-3", "B-16", "IV". */
const position = String.raw`[0-9]{1,4}(?:[.,][0-9]{1,2})?(?:\s?[-–/]\s?[0-9]{1,4})?|[IVXLC]{1,6}`;
const marker = String.raw`#|№|no\.?|nos\.?|nr\.?|num\.?|number|bk\.?|book|vol\.?|vols\.?|v\.|volume|part|pt\.?|bd\.?|band|t\.|tome|tomo|deel|del|fasc\.?|heft|issue`;
const barePosition = new RegExp(`^(?:${marker})?\\s*(${position})$`, "iu");
const markedPosition = new RegExp(
  String.raw`^(.*?[^\s,:(\[-])[\s,:(\[-]*(?:^|[\s,:(\[-])(?:${marker})\s*(${position})[)\]]?$`,
  "iu",
);
const closingPosition = /^(.*?)\s*(?:--|—|;)\s*([A-Z]{0,3}[-. ]?[0-9]{1,5}(?:[-.][0-9]+)?)$/u;
const bracketed = /^[([](.*)[)\]]$/u;

/**
 * Series as printed, cut into title and position: "Discworld ; 8", "(Dune, #2)", "Beginner books --
 * B-16.", "Discworld, #17; Rincewind ; 5", or a title followed by an item "vol. 1".
 */
export function parseSeries(statements: readonly string[]): SeriesEntry[] {
  const entries: SeriesEntry[] = [];
  for (const statement of statements) {
    let isOpen = statement === statements[0] || entries.at(-1)?.position === "";
    for (const part of parts(statement)) {
      const bare = barePosition.exec(part);
      const last = entries.at(-1);
      if (bare?.[1] !== undefined && last !== undefined) {
        if (isOpen && last.position === "") {
          last.position = bare[1];
        }
        continue;
      }
      isOpen = true;
      add(entries, splitPosition(part));
    }
  }
  return entries.filter(({ title }) => title !== "");
}

/** "Dune, #2" → title "Dune", position "2". */
function splitPosition(part: string): SeriesEntry {
  const match = markedPosition.exec(part) ?? closingPosition.exec(part);
  const title = match?.[1]?.replace(/[\s,:;([-]+$/u, "") ?? "";
  if (match?.[2] === undefined || title.length < 2) {
    return { title: part, position: "" };
  }
  return { title, position: match[2].trim() };
}

/** A ";" separates a position from its series, or two series of which the first has a position. */
function parts(statement: string): string[] {
  const text = (bracketed.exec(statement)?.[1] ?? statement).replace(/(?<![A-Z])[\s.;,]+$/u, "");
  const pieces = text.split(/\s*;\s*/u).filter((piece) => piece !== "");
  const joined: string[] = [];
  for (const piece of pieces) {
    const previous = joined.at(-1);
    const isContinuation =
      previous !== undefined &&
      !barePosition.test(piece) &&
      !barePosition.test(previous) &&
      splitPosition(previous).position === "";
    if (isContinuation) {
      joined[joined.length - 1] = `${previous} ; ${piece}`;
    } else {
      joined.push(piece);
    }
  }
  return joined;
}

function add(entries: SeriesEntry[], entry: SeriesEntry): void {
  const known = entries.find(({ title }) => title.toLowerCase() === entry.title.toLowerCase());
  if (known === undefined) {
    entries.push(entry);
  } else if (known.position === "") {
    known.position = entry.position;
  }
}
