import { buildRedirectTable, type RedirectTable } from "../files/redirect-table.ts";
import type { InputFile } from "../inputs/input-files.ts";
import { readBlocks } from "../inputs/read-blocks.ts";
import { splitRow } from "../inputs/row.ts";
import { kindOf, type PackedKey, packKey } from "../keys.ts";
import { isFields } from "../parse/fields.ts";
import type { Tally } from "../tally.ts";

const redirectStart = Buffer.from("/type/redirect\t");
const deleteStart = Buffer.from("/type/delete\t");
const lineEnd = 10;

/** Reads the redirects and deletes of files that may hold some, before anything else is read. */
export async function readRedirects(
  files: readonly InputFile[],
  warnings: Tally,
  onProgress: (file: InputFile, fileBytesRead: number) => void,
): Promise<RedirectTable> {
  const redirects = new Map<PackedKey, PackedKey>();
  const deletes = new Set<PackedKey>();
  for (const file of files) {
    for await (const block of readBlocks(file.path)) {
      for (const line of chosenLines(block.bytes)) {
        addLine(line, redirects, deletes, warnings);
      }
      onProgress(file, block.fileBytesRead);
    }
  }
  return buildRedirectTable(redirects, deletes, warnings);
}

/** Lines that are redirects or deletes, found without decoding the others. */
function* chosenLines(bytes: Buffer): Generator<string> {
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(lineEnd, at);
    const end = found < 0 ? bytes.length : found;
    if (startsWith(bytes, at, redirectStart) || startsWith(bytes, at, deleteStart)) {
      yield bytes.toString("utf8", at, end);
    }
    at = end + 1;
  }
}

function startsWith(bytes: Buffer, at: number, start: Buffer): boolean {
  return bytes.compare(start, 0, start.length, at, Math.min(at + start.length, bytes.length)) === 0;
}

function addLine(
  line: string,
  redirects: Map<PackedKey, PackedKey>,
  deletes: Set<PackedKey>,
  warnings: Tally,
): void {
  const row = splitRow(line);
  if ("reason" in row) {
    return;
  }
  const key = packKey(row.key);
  // Users, lists and subjects are merged and deleted, too.
  if (key === undefined) {
    return;
  }
  if (row.type === "delete") {
    deletes.add(key);
    return;
  }
  const target = packKey(locationOf(row.json));
  if (target !== undefined && kindOf(target) === kindOf(key)) {
    redirects.set(key, target);
  } else {
    warnings.add("redirects to nothing usable", line);
  }
}

function locationOf(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return isFields(value) ? value["location"] : undefined;
  } catch {
    return undefined;
  }
}
