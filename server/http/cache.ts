import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { AppContext } from "#server/context.ts";
import type { Principal } from "#server/rpc/principal.ts";
import type { HttpRequest, HttpResponse } from "./handler.ts";
import { programVersion } from "./program-version.ts";

/** How an answer that depends on nothing but the URL and the catalogue may be cached. */
export type CachePolicy = {
  headers: OutgoingHttpHeaders;
  /** True if the caller still has this very answer: it is 304, and nothing has to be searched. */
  isUnchanged: boolean;
};

export type HttpCache = (
  request: HttpRequest,
  response: HttpResponse,
  principal: Principal,
) => Promise<CachePolicy>;

/**
 * Decides on the caching of GETs that only read.
 *
 * The entity tag is made of the catalogue's revision, the program's version and the URL instead of
 * the body, so it is known before any work is done and is the same on every replica. Tags are only
 * given with successful answers: who holds one for this URL has had such an answer, which would be
 * the same again. It is weak, because the same answer may be compressed or not.
 */
export function createHttpCache({
  catalog,
  config,
}: Pick<AppContext, "catalog" | "config">): HttpCache {
  return async (request, response, principal) => {
    if (config.cacheSeconds === 0) {
      return { headers: { "cache-control": "no-store" }, isUnchanged: false };
    }
    const { revision } = await catalog.info();
    const hash = createHash("sha256")
      .update(`${programVersion()} ${revision} ${request.url}`)
      .digest("base64url");
    const etag = `W/"${hash.slice(0, 22)}"`;
    addVary(response, "accept-encoding");
    const reach = principal.kind === "anonymous" ? "public" : "private";
    return {
      headers: { etag, "cache-control": `${reach}, max-age=${config.cacheSeconds}` },
      isUnchanged: listsTag(request.headers["if-none-match"], etag),
    };
  };
}

/** True if the header lists the tag or, as a star, every tag. */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.trim() === "*" || listsTag(ifNoneMatch, etag);
}

/** Adds to what a response says it depends on. */
function addVary(response: HttpResponse, name: string): void {
  const vary = response.getHeader("vary");
  response.setHeader("vary", vary === undefined ? name : `${vary}, ${name}`);
}

function listsTag(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch?.split(",").some((tag) => weak(tag.trim()) === weak(etag)) ?? false;
}

function weak(tag: string): string {
  return tag.startsWith("W/") ? tag.slice(2) : tag;
}
