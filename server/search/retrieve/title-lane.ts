import type { Expression } from "../expression.ts";
import type { SearchLane } from "./candidates.ts";

/** A lane for titles by their keys, which few works have; undefined if there are none. */
export function titleLane(
  name: string,
  titles: Expression | undefined,
  limit: number,
  known: Pick<SearchLane, "titleKeyRange"> = {},
): SearchLane | undefined {
  if (titles === undefined) {
    return undefined;
  }
  return { name, parts: [{ expression: titles, workCount: undefined }], limit, ...known };
}
