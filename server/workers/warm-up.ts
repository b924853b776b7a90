/**
 * What a search process does once calls may come, before and between the first of them: searches of every
 * kind, so that their code is compiled and the catalogue's pages are read. It takes 0.4 s of a processor;
 * without it the first searches take four times as long.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { create, toJsonString } from "@bufbuild/protobuf";
import { SearchBooksRequestSchema } from "#proto/bookfinder/v1/search_pb.ts";
import { type Frame, FrameKind } from "./frames.ts";
import type { CallHead } from "./messages.ts";

/** A query of each kind, in the words of many catalogues. */
const queries: readonly string[] = [
  "the lord of the rings",
  "harry poter and the filosofers stone",
  "tolkein ri",
  "war",
  "9780261103573",
  "books about the history of the world",
  "books like dune",
  "who wrote pride and predjudice",
  "Orwell, G. (1949). Nineteen eighty-four. Secker & Warburg.",
  "https://www.goodreads.com/book/show/5107.The_Catcher_in_the_Rye",
  "a story of a girl who lives with her grandfather in the mountains",
  "chronicles of narnia book two",
  'author:"jane austen" year:1800..1820 -emma',
  "teh histroy of amercian scinece and philosphy",
];

/**
 * Searches a generation, query by query; between two of them, calls that came in meanwhile begin.
 * @param serve does what a frame asks; its answers are left.
 */
export async function warmUp(
  generation: number,
  serve: (frame: Frame) => Promise<unknown>,
): Promise<void> {
  for (const query of queries) {
    await nextTurn();
    await serve(searchFrame(generation, query));
  }
}

function searchFrame(generation: number, query: string): Frame {
  const head: CallHead = {
    generation,
    path: "/bookfinder.v1.BookService/SearchBooks",
    codec: "json",
    maxResponseBytes: 1 << 22,
    logQueryChars: 0,
    ignoreUnknownFields: true,
  };
  const request = create(SearchBooksRequestSchema, { query });
  const body = Buffer.from(toJsonString(SearchBooksRequestSchema, request));
  return { kind: FrameKind.call, id: 0, head: JSON.stringify(head), body };
}
