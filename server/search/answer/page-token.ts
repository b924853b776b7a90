import { BadPageTokenError } from "#server/catalog/catalog.ts";
import { hash53 } from "#server/catalog/text/hash53.ts";

/** Where a page begins: at an offset into the ranked results, or after a work of the long tail. */
export type PagePosition = { offset: number; afterId: number };

const FIRST_PAGE: PagePosition = { offset: 0, afterId: 0 };

/** The token of a position, good for one request (all fields but page size) and one revision. */
export function printPageToken(
  position: PagePosition,
  revision: string,
  fingerprint: string,
): string {
  const fields = [hash(revision), hash(fingerprint), position.offset, position.afterId];
  const body = fields.map((field) => field.toString(36)).join(".");
  return `${body}.${checksum(body)}`;
}

/** The position of a token; the first page for an empty one. @throws {BadPageTokenError} */
export function parsePageToken(token: string, revision: string, fingerprint: string): PagePosition {
  if (token === "") {
    return FIRST_PAGE;
  }
  const match = /^(([0-9a-z]+)\.([0-9a-z]+)\.([0-9a-z]{1,8})\.([0-9a-z]{1,10}))\.([0-9a-z]+)$/.exec(
    token,
  );
  if (match === null || checksum(match[1] ?? "") !== match[6]) {
    throw new BadPageTokenError(
      "is no token of this service; pass next_page_token of the page before unchanged, " +
        "or leave page_token empty for the first page",
    );
  }
  if (match[2] !== hash(revision).toString(36)) {
    throw new BadPageTokenError(
      "is from before the catalogue was replaced; search again without page_token",
    );
  }
  if (match[3] !== hash(fingerprint).toString(36)) {
    throw new BadPageTokenError(
      "belongs to another request; keep every other field as it was, or search again " +
        "without page_token",
    );
  }
  return {
    offset: Number.parseInt(match[4] ?? "0", 36),
    afterId: Number.parseInt(match[5] ?? "0", 36),
  };
}

function hash(text: string): number {
  return hash53(text) % 2 ** 40;
}

/** Tells a forged or damaged token from a real one; it guards no secret. */
function checksum(body: string): string {
  return (hash53(`BookFinder page ${body}`) % 2 ** 30).toString(36);
}
