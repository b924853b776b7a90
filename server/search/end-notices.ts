import type { QueryNotice } from "#server/catalog/catalog.ts";
import { notice } from "#server/catalog/notices.ts";
import type { Effort } from "./effort.ts";

/** Says that a stage left something undone, if it did. */
export function endNotices({ ended }: Effort): QueryNotice[] {
  if (ended === undefined) {
    return [];
  }
  return [notice(ended === "work" ? "stopped_early" : "deadline", undefined)];
}
