import type { PlannedWord } from "../understand/plan-builder.ts";

/** A query without all its other words, each of those kept in its place. */
export function onlyWords(query: string, words: readonly PlannedWord[]): string {
  const isKept = (place: number) =>
    words.some(({ span }) => span.start <= place && place < span.end);
  return [...query].map((character, place) => (isKept(place) ? character : " ")).join("");
}
