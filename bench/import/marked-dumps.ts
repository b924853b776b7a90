/**
 * Copies of dumps in which every title and name bears a mark, so that an answer tells which import
 * each of its books is from.
 */
import { createWriteStream, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { readBlocks } from "#server/import/inputs/read-blocks.ts";
import { isFields } from "#server/import/parse/fields.ts";

/** Of import `number`; no word of any dump. */
export function markOf(number: number): string {
  return `swapmark${number}`;
}

/** The marks in a text, each once. */
export function marksIn(text: string): string[] {
  return [...new Set(text.match(/swapmark\d+/gi)?.map((mark) => mark.toLowerCase()))];
}

/** Titles of works as the dumps have them: what clients search for. */
export async function readTitles(folder: string, count: number): Promise<string[]> {
  const titles: string[] = [];
  for (const name of dumpNames(folder)) {
    for await (const line of linesOf(join(folder, name))) {
      const fields = line.startsWith("/type/work\t") ? fieldsOf(line) : undefined;
      if (typeof fields?.["title"] === "string") {
        titles.push(fields["title"]);
      }
      if (titles.length === count) {
        return titles;
      }
    }
  }
  return titles;
}

export async function writeMarkedDumps(from: string, to: string, mark: string): Promise<void> {
  mkdirSync(to, { recursive: true });
  for (const name of dumpNames(from)) {
    const lines = Readable.from(markedLines(join(from, name), mark));
    await pipeline(lines, createGzip({ level: 1 }), createWriteStream(join(to, name)));
  }
}

function dumpNames(folder: string): string[] {
  return readdirSync(folder).filter((name) => /\.(?:txt|gz)$/.test(name));
}

async function* markedLines(path: string, mark: string): AsyncGenerator<string> {
  for await (const line of linesOf(path)) {
    yield `${markedLine(line, mark)}\n`;
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  for await (const { bytes } of readBlocks(path)) {
    for (const line of bytes.toString("utf8").split("\n")) {
      if (line !== "") {
        yield line;
      }
    }
  }
}

function markedLine(line: string, mark: string): string {
  if (!/^\/type\/(?:work|edition|author)\t/.test(line)) {
    return line;
  }
  const fields = fieldsOf(line);
  if (fields === undefined) {
    return line;
  }
  for (const name of ["title", "full_title", "name", "personal_name"]) {
    if (typeof fields[name] === "string") {
      fields[name] = `${fields[name]} ${mark}`;
    }
  }
  return [...line.split("\t", 4), JSON.stringify(fields)].join("\t");
}

/** The record of a line; undefined where the dump is dirty. */
function fieldsOf(line: string): Record<string, unknown> | undefined {
  try {
    const fields: unknown = JSON.parse(line.split("\t").slice(4).join("\t"));
    return isFields(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}
