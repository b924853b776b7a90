/** Streams over REST: one JSON value on each line (newline-delimited JSON), both ways. */
import type { JsonValue } from "@bufbuild/protobuf";
import { apiError } from "#server/rpc/errors.ts";
import { decodeText } from "#server/rpc/read-message.ts";
import type { HttpRequest, HttpResponse } from "../handler.ts";
import { readBody, requireMediaType } from "./request-body.ts";

const jsonLinesType = "application/x-ndjson";

/** What a body of several values may call itself; a single object is a stream of one. */
const readableTypes = [jsonLinesType, "application/jsonl", "application/json"];

/**
 * The values on the lines of a body, as they arrive.
 *
 * @throws {ConnectError} INVALID_ARGUMENT naming the line that is no JSON, RESOURCE_EXHAUSTED for one
 * that is too long.
 */
export async function* readJsonLines(
  request: HttpRequest,
  lineBytesMax: number,
): AsyncGenerator<JsonValue> {
  const wayOut = `send one JSON object on each line and say so: content-type: ${jsonLinesType}`;
  requireMediaType(request, readableTypes, wayOut);
  let number = 0;
  for await (const line of linesOf(request, lineBytesMax)) {
    number += 1;
    if (line.trim() === "") {
      continue;
    }
    try {
      // What JSON.parse returns is JSON.
      yield JSON.parse(line) as JsonValue;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw apiError("MESSAGE_UNREADABLE", `Line ${number} is not JSON: ${reason}`);
    }
  }
}

async function* linesOf(request: HttpRequest, lineBytesMax: number): AsyncGenerator<string> {
  /** Of the line that has not ended yet; joined once, in however many pieces it comes. */
  let pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of readBody(request)) {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      pieces.push(rest.subarray(0, end));
      yield decodeText(Buffer.concat(pieces));
      pieces = [];
      sizeBytes = 0;
      rest = rest.subarray(end + 1);
    }
    pieces.push(rest);
    sizeBytes += rest.length;
    if (sizeBytes > lineBytesMax) {
      throw apiError("MESSAGE_TOO_LARGE", `A line is longer than ${lineBytesMax} bytes`);
    }
  }
  if (sizeBytes > 0) {
    yield decodeText(Buffer.concat(pieces));
  }
}

/**
 * Answers with the values, one on each line, no faster than they are read.
 *
 * @param toLine - What a failure in the middle is said with, as the last line.
 * @throws what the first value throws, before anything is written.
 */
export async function writeJsonLines(
  response: HttpResponse,
  values: AsyncIterator<JsonValue>,
  headers: Record<string, string>,
  toLine: (error: unknown) => unknown,
): Promise<void> {
  let isGone = false;
  const gone = Promise.withResolvers<void>();
  response.once("close", () => {
    isGone = true;
    gone.resolve();
  });
  // Until the first value is there, an error can still be a status of its own.
  let next = await values.next();
  response.writeHead(200, {
    "content-type": `${jsonLinesType}; charset=utf-8`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  try {
    // A HEAD is answered as soon as it is clear that there is an answer.
    while (next.done !== true && !isGone && response.req.method !== "HEAD") {
      if (!response.write(lineOf(next.value))) {
        const drained = new Promise<void>((resolve) => response.once("drain", () => resolve()));
        await Promise.race([drained, gone.promise]);
      }
      next = await values.next();
    }
  } catch (error) {
    if (!isGone) {
      response.write(lineOf(toLine(error)));
    }
  }
  await values.return?.();
  response.end();
}

/**
 * As bytes: of text Node counts bytes in the response and letters in the socket below it, so that the
 * one may wait for the other to drain, which never was full.
 */
function lineOf(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
