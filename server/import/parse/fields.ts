/**
 * Fields as dumps hold them: a text may be a string, `{"type": "/type/text", "value": "…"}` or null,
 * a list may be a single value, a key may be bare or wrapped. Each reader takes what it can use,
 * notes the rest and never throws: a bad field must not cost a record.
 */

import { type KeyKind, kindOf, type PackedKey, packKey } from "../keys.ts";
import type { Tally } from "../tally.ts";
import { cleanLine, cleanParagraphs } from "./clean-text.ts";

export type Fields = Record<string, unknown>;

/** Reads the fields of one record and notes what it can't use. */
export class FieldReader {
  readonly #fields: Fields;
  readonly #kind: string;
  readonly #warnings: Tally;

  constructor(fields: Fields, kind: string, warnings: Tally) {
    this.#fields = fields;
    this.#kind = kind;
    this.#warnings = warnings;
  }

  value(name: string): unknown {
    return this.#fields[name];
  }

  /** One line; empty if absent or unusable. */
  line(name: string, limit: number): string {
    const value = this.#fields[name];
    if (value === undefined) {
      return "";
    }
    if (typeof value === "string") {
      return cleanLine(value, limit);
    }
    return cleanLine(this.#text(name, value), limit);
  }

  /** Text with paragraphs; empty if absent or unusable. */
  paragraphs(name: string, limit: number): string {
    const value = this.#fields[name];
    return value === undefined ? "" : cleanParagraphs(this.#text(name, value), limit);
  }

  /** Lines of a list, or of a single value in its place; without empties and repetitions. */
  lines(name: string, limits: { items: number; length: number }): string[] {
    const value = this.#fields[name];
    if (value === undefined) {
      return [];
    }
    const found: string[] = [];
    for (const item of Array.isArray(value) ? value : [value]) {
      const text = cleanLine(this.#text(name, item), limits.length);
      if (text === "" || found.includes(text)) {
        continue;
      }
      if (found.length === limits.items) {
        this.note(name, "has too many items", `${limits.items} kept`);
        break;
      }
      found.push(text);
    }
    return found;
  }

  /** Keys of one kind: bare, as `{key}` or as `{[inner]: {key}}`. */
  keys(name: string, kind: KeyKind, limit: number, inner?: string): PackedKey[] {
    const value = this.#fields[name];
    if (value === undefined) {
      return [];
    }
    const found: PackedKey[] = [];
    for (const item of Array.isArray(value) ? value : [value]) {
      const key = packKey(keyText(item, inner));
      if (key === undefined || kindOf(key) !== kind) {
        this.note(name, "has an item without a usable key", item);
      } else if (!found.includes(key) && found.length < limit) {
        found.push(key);
      }
    }
    return found;
  }

  /** Last parts of keys such as "/languages/eng", "/l/eng", "eng". */
  keyNames(name: string, limit: number): string[] {
    const value = this.#fields[name];
    if (value === undefined) {
      return [];
    }
    const found: string[] = [];
    for (const item of Array.isArray(value) ? value : [value]) {
      const text = keyText(item);
      if (typeof text !== "string") {
        this.note(name, "has an item without a key", item);
      } else if (found.length < limit) {
        found.push(cleanLine(text.slice(text.lastIndexOf("/") + 1), 40));
      }
    }
    return found;
  }

  /** A whole number from 1 to `limit`, also from a text that begins with one; 0 if there is none. */
  wholeNumber(name: string, limit: number): number {
    const value = this.#fields[name];
    if (value === undefined || value === null) {
      return 0;
    }
    const number = typeof value === "string" ? Number.parseInt(value, 10) : value;
    if (typeof number === "number" && Number.isInteger(number) && number > 0 && number <= limit) {
      return number;
    }
    if (number !== 0) {
      this.note(name, "is no usable number", value);
    }
    return 0;
  }

  /** The first positive number of a list: covers hold -1 for deleted ones, and null. */
  firstPositive(name: string): number {
    const value = this.#fields[name];
    if (value === undefined) {
      return 0;
    }
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === "number" && Number.isSafeInteger(item) && item > 0) {
        return item;
      }
    }
    return 0;
  }

  note(name: string, problem: string, example: unknown): void {
    const text = typeof example === "string" ? example : (JSON.stringify(example) ?? "");
    this.#warnings.add(`${this.#kind}.${name} ${problem}`, text);
  }

  #text(name: string, value: unknown): string {
    if (typeof value === "string") {
      return value;
    }
    if (value === null) {
      return "";
    }
    if (typeof value === "number") {
      return String(value);
    }
    const text = textOf(value);
    if (text !== undefined) {
      return text;
    }
    this.note(name, "is no text", value);
    return "";
  }
}

/** Text of `{type: "/type/text", value}`, of legacy `{key: "/subjects/…"}`, of `{title}`, `{excerpt}`. */
function textOf(value: unknown): string | undefined {
  if (!isFields(value)) {
    return undefined;
  }
  for (const name of ["value", "title", "name", "excerpt"]) {
    const inner = value[name];
    if (typeof inner === "string") {
      return inner;
    }
    if (isFields(inner) && typeof inner["value"] === "string") {
      return inner["value"];
    }
  }
  const key = value["key"];
  if (typeof key !== "string") {
    return undefined;
  }
  return key.slice(key.lastIndexOf("/") + 1).replaceAll("_", " ");
}

function keyText(item: unknown, inner?: string): unknown {
  if (!isFields(item)) {
    return item;
  }
  if (inner !== undefined && item[inner] !== undefined) {
    return keyText(item[inner]);
  }
  return item["key"];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
