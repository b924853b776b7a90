import { authorLine, bestMatch, QUERY_CHARS_MAX } from "#server/catalog/best-match.ts";
import type { AppContext } from "#server/context.ts";
import { answerError, answerJson } from "./answer.ts";
import type { HttpCache } from "./cache.ts";
import type { HttpRequest, HttpResponse } from "./handler.ts";

const EXAMPLE = "/api/books?title=Lord%20of%20the%20Rings";

/**
 * `GET /api/books?title=…`, the REST endpoint of the published comparison: the best match as
 * `{"title", "description", "author"}`.
 */
export async function serveBestMatch(
  { catalog }: AppContext,
  request: HttpRequest,
  response: HttpResponse,
  parameters: URLSearchParams,
  cache: HttpCache,
): Promise<void> {
  const title = parameters.get("title")?.trim() ?? "";
  if (title === "") {
    const message = `Say which title, as in ${EXAMPLE}`;
    answerError(response, 400, "invalid_argument", message);
    return;
  }
  if (title.length > QUERY_CHARS_MAX) {
    const message = `title must be at most ${QUERY_CHARS_MAX} characters: shorten it`;
    answerError(response, 400, "invalid_argument", message);
    return;
  }
  const policy = await cache(request, response);
  if (policy.isUnchanged) {
    response.writeHead(304, policy.headers);
    response.end();
    return;
  }
  const work = await bestMatch(catalog, title);
  if (work === undefined) {
    answerError(response, 404, "not_found", "No book matches this title");
    return;
  }
  const { description } = work;
  const body = { title: work.title, description, author: authorLine(work) };
  answerJson(response, 200, body, policy.headers);
}
