/**
 * A catalogue as it is handed to servers that only read:
 *
 *     FOLDER/catalogue-<first digits of its SHA-256>.db    never changed once it is there
 *     FOLDER/catalogue-format-10.json                      which of them is the present one
 *
 * The manifest is written last and is replaced in one step. Each format has its own, so that servers
 * of two versions of this program can follow the same folder.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { ImportError } from "#server/import/import-error.ts";
import { FORMAT_VERSION } from "#server/sqlite/schema.ts";

export type PublishedCatalogue = {
  /** The catalogue's name, beside the manifest. */
  file: string;
  sizeBytes: number;
  /** Of the whole file, in hexadecimal. */
  sha256: string;
  formatVersion: number;
  revision: string;
  source: string;
  workCount: number;
  /** As RFC 3339. */
  publishTime: string;
};

/** The manifest that this version of the program reads. */
export const manifestName = `catalogue-format-${FORMAT_VERSION}.json`;

export const publishedFilePattern: RegExp = /^catalogue-[0-9a-f]{16}\.db$/;

export function publishedFileName(sha256: string): string {
  return `catalogue-${sha256.slice(0, 16)}.db`;
}

/**
 * @param origin - Where the text is from, for the message.
 * @throws {ImportError} when the text is no manifest.
 */
export function parseManifest(text: string, origin: string): PublishedCatalogue {
  const value = parseObject(text, origin);
  const isValid: Record<keyof PublishedCatalogue, boolean> = {
    // It becomes part of a path here.
    file: publishedFilePattern.test(String(value["file"])),
    sizeBytes: isCount(value["sizeBytes"]),
    sha256: /^[0-9a-f]{64}$/.test(String(value["sha256"])),
    formatVersion: value["formatVersion"] === FORMAT_VERSION,
    revision: typeof value["revision"] === "string",
    source: typeof value["source"] === "string",
    workCount: isCount(value["workCount"]),
    publishTime: typeof value["publishTime"] === "string",
  };
  const wrong = Object.entries(isValid).flatMap(([name, isRight]) => (isRight ? [] : [name]));
  if (wrong.length > 0) {
    throw new ImportError(
      `${origin} is no manifest of a catalogue of format ${FORMAT_VERSION}: ${wrong.join(", ")} ` +
        "is missing or wrong. Publish the catalogue again.",
    );
  }
  // Every field was just checked.
  return value as PublishedCatalogue;
}

/** The SHA-256 of a file, in hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(block);
  }
  return hash.digest("hex");
}

function parseObject(text: string, origin: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) {
      return value as Record<string, unknown>;
    }
  } catch {
    // As below: whatever it is, it is no manifest.
  }
  throw new ImportError(`${origin} is no JSON object; is it the manifest of a catalogue?`);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
