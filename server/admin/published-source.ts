/** Where published catalogues are read from: a folder, or a URL. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ImportError } from "#server/import/import-error.ts";
import { isUrl } from "#server/import/inputs/download.ts";
import { FORMAT_VERSION } from "#server/sqlite/schema.ts";
import { manifestName, type PublishedCatalogue, parseManifest } from "./published-catalogue.ts";

const manifestTimeoutMs = 30_000;
/** A manifest has some hundred bytes. */
const manifestBytesMax = 65_536;

/**
 * Where a catalogue is fetched from, without slashes at the end.
 * @throws {ImportError} when it is no place, or one whose answers anybody could change on their way.
 */
export function checkSource(source: string | undefined, allowsHttp: boolean): string {
  if (source === undefined) {
    throw new ImportError(
      "fetch needs the folder or https URL that the catalogue was published to",
    );
  }
  if (!isUrl(source)) {
    return source;
  }
  if (!URL.canParse(source)) {
    throw new ImportError(`${source} is no URL`);
  }
  const { protocol, hostname } = new URL(source);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol === "http:" && !isLocal && !allowsHttp) {
    throw new ImportError(
      `${source} is not encrypted: anybody on the way could change the catalogue and its checksum. ` +
        "Use https, or --allow-http within a network that you trust.",
    );
  }
  return source.replace(/\/+$/, "");
}

/** @throws {ImportError} when there is none that this version of the program reads. */
export async function readManifest(from: string, allowsHttp: boolean): Promise<PublishedCatalogue> {
  const origin = isUrl(from) ? `${from}/${manifestName}` : join(from, manifestName);
  const text = isUrl(from) ? await getText(origin, allowsHttp) : readIfThere(origin);
  if (text === undefined) {
    throw new ImportError(
      `there is no ${origin}. Publish a catalogue there with a program whose catalogues have ` +
        `format ${FORMAT_VERSION}, as those of this one have: npm run catalog -- publish`,
    );
  }
  return parseManifest(text, origin);
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The text at a URL; undefined where there is none. */
async function getText(url: string, allowsHttp: boolean): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      // A cache between may keep the catalogue, but must not keep which one is the present.
      headers: { "cache-control": "no-cache" },
      signal: AbortSignal.timeout(manifestTimeoutMs),
    });
    if (response.status === 404) {
      return undefined;
    }
    // A redirection may lead out of what is encrypted.
    checkSource(response.url, allowsHttp);
    if (!response.ok) {
      throw new Error(`it answers HTTP ${response.status}`);
    }
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > manifestBytesMax) {
        throw new Error(`it has more than ${manifestBytesMax} bytes`);
      }
    }
    return text;
  } catch (error) {
    if (error instanceof ImportError) {
      throw error;
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ImportError(`${url} can't be read: ${reason}`);
  }
}
