/** The file of words in the cluster, in pieces, and on the disk of a server. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { CatalogUnavailableError } from "#server/catalog/catalog.ts";
import type { Cluster, ClusterCall } from "./cluster.ts";
import type { IndexNames } from "./mapping.ts";
import { writeTermsFile } from "./terms-file.ts";

const PIECE_BYTES = 4 * 1024 * 1024;
/** Ids of these documents; no key begins so. */
const ID = "terms-";
const HEAD = `${ID}head`;

type Head = { sha256: string; pieceCount: number };

/** Writes the words of a catalogue file into the cluster; returns how many documents they are. */
export async function storeTerms(
  cluster: Cluster,
  names: IndexNames,
  cataloguePath: string,
): Promise<number> {
  const path = `${cataloguePath}.${names.works}.terms`;
  try {
    writeTermsFile(cataloguePath, path, names.works);
    const digest = createHash("sha256");
    let pieceCount = 0;
    for (const piece of piecesOf(path)) {
      digest.update(piece);
      await put(cluster, names, `${ID}${pieceCount}`, { piece: piece.toString("base64") });
      pieceCount += 1;
    }
    // Last: with it the file is whole.
    await put(cluster, names, HEAD, { sha256: digest.digest("hex"), pieceCount });
    return pieceCount + 1;
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * Fetches the words of a revision to a path, whole or not at all.
 * @throws {CatalogUnavailableError} if the cluster does not have them whole.
 */
export async function fetchTerms(
  cluster: Cluster,
  names: IndexNames,
  path: string,
  call: ClusterCall = {},
): Promise<void> {
  const { sha256, pieceCount } = (await get(cluster, names, HEAD, call)) as Head;
  const temporary = `${path}.${process.pid}.part`;
  const file = openSync(temporary, "w");
  try {
    const digest = createHash("sha256");
    for (let place = 0; place < pieceCount; place++) {
      const { piece } = (await get(cluster, names, `${ID}${place}`, call)) as { piece: string };
      const bytes = Buffer.from(piece, "base64");
      digest.update(bytes);
      writeSync(file, bytes);
    }
    if (digest.digest("hex") !== sha256) {
      throw new CatalogUnavailableError("The words of the catalogue arrived damaged; try again");
    }
    renameSync(temporary, path);
  } finally {
    closeSync(file);
    rmSync(temporary, { force: true });
  }
}

function* piecesOf(path: string): Iterable<Buffer> {
  const { size } = statSync(path);
  const file = openSync(path, "r");
  try {
    for (let start = 0; start < size; start += PIECE_BYTES) {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, size - start));
      readSync(file, piece, 0, piece.length, start);
      yield piece;
    }
  } finally {
    closeSync(file);
  }
}

async function put(cluster: Cluster, { keys }: IndexNames, id: string, body: object) {
  await cluster.write({ method: "PUT", path: `/${keys}/_doc/${id}`, body });
}

async function get(cluster: Cluster, { keys }: IndexNames, id: string, call: ClusterCall) {
  const query = { preference: "_local" };
  const answer = await cluster.read({ method: "GET", path: `/${keys}/_doc/${id}`, query }, call);
  // Written by storeTerms.
  return (answer as { _source: unknown })._source;
}
