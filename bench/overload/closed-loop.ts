/** Callers who call again as soon as they have an answer. */
import { readQueries } from "../evaluate/query-set.ts";
import type { Caller } from "./clients.ts";

/** Queries of a file in another order, none asked twice: where the file ends, with one space more. */
export function unaskedQueries(file: string): () => string {
  const queries = readQueries(file);
  let turn = 0;
  return () => {
    turn += 1;
    const round = Math.floor(turn / queries.length);
    return (queries[(turn * 7919) % queries.length]?.text ?? "") + " ".repeat(round);
  };
}

/** How many good answers so many callers get. */
export async function closedLoop(
  caller: Caller,
  nextQuery: () => string,
  callerCount: number,
  forSeconds: number,
): Promise<number> {
  let good = 0;
  const endMs = performance.now() + forSeconds * 1_000;
  await Promise.all(
    Array.from({ length: callerCount }, async () => {
      while (performance.now() < endMs) {
        if ((await caller.call(nextQuery(), undefined)) === "good") {
          good += 1;
        }
      }
    }),
  );
  return good;
}
