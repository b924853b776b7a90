import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** A line of a dump as Open Library writes it. */
export function aDumpLine(
  type: string,
  key: string,
  fields: Record<string, unknown>,
  revision = 1,
): string {
  const json = JSON.stringify({ key, type: { key: `/type/${type}` }, ...fields });
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `/type/${type}\t${key}\t${revision}\t2026-10-31T00:00:00.000000\t${ascii}`;
}

export function aWorkLine(number: number, fields: Record<string, unknown>, revision = 1): string {
  return aDumpLine("work", `/works/OL${number}W`, fields, revision);
}

export function anEditionLine(
  number: number,
  work: number | undefined,
  fields: Record<string, unknown>,
  revision = 1,
): string {
  const works = work === undefined ? {} : { works: [{ key: `/works/OL${work}W` }] };
  return aDumpLine("edition", `/books/OL${number}M`, { ...works, ...fields }, revision);
}

export function anAuthorLine(number: number, fields: Record<string, unknown>): string {
  return aDumpLine("author", `/authors/OL${number}A`, fields);
}

export function aRedirectLine(from: string, to: string): string {
  return aDumpLine("redirect", from, { location: to });
}

/** Writes lines as a dump file, gzipped if the name says so, and returns its path. */
export function aDumpFile(folder: string, name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  const text = lines.map((line) => `${line}\n`).join("");
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}
