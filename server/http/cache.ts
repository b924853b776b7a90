import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { AppContext } from "#server/context.ts";
import type { HttpRequest, HttpResponse } from "./handler.ts";

/** How an answer that depends on nothing but the URL and the catalogue may be cached. */
export type CachePolicy = {
  headers: OutgoingHttpHeaders;
  /** True if the caller still has this very answer: it is 304, and nothing has to be searched. */
  isUnchanged: boolean;
};

export type HttpCache = (request: HttpRequest, response: HttpResponse) => Promise<CachePolicy>;

/**
 * Decides on the caching of GETs that only read.
 *
 * The entity tag is bound to the catalogue's revision and to this start of the program (whose next
 * start may be of another version) instead of the body, so it is known before any work is done. It
 * is weak: the same answer may be compressed or not.
 */
export function createHttpCache({ catalog, config, now }: AppContext): HttpCache {
  const startTime = now().toISOString();
  let latest = { revision: "", etag: "" };

  function entityTag(revision: string): string {
    if (latest.revision !== revision) {
      const hash = createHash("sha256").update(`${startTime} ${revision}`).digest("base64url");
      latest = { revision, etag: `W/"${hash.slice(0, 16)}"` };
    }
    return latest.etag;
  }

  return async (request, response) => {
    if (config.cacheSeconds === 0) {
      return { headers: { "cache-control": "no-store" }, isUnchanged: false };
    }
    const etag = entityTag((await catalog.info()).revision);
    const vary = response.getHeader("vary");
    response.setHeader("vary", vary === undefined ? "accept-encoding" : `${vary}, accept-encoding`);
    const headers = { etag, "cache-control": `public, max-age=${config.cacheSeconds}` };
    return { headers, isUnchanged: matches(request.headers["if-none-match"], etag) };
  };
}

/** True if the header lists the tag. */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(",").some((tag) => weak(tag.trim()) === weak(etag)) ?? false;
}

function weak(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag;
}
