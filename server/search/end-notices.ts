import type { QueryNotice } from "#server/catalog/catalog.ts";
import { outOfTimeNotice, stoppedEarlyNotice } from "#server/catalog/notices.ts";
import type { Effort } from "./effort.ts";

/** Says that a stage left something undone, if it did. */
export function endNotices({ ended }: Effort): QueryNotice[] {
  if (ended === undefined) return [];
  return [ended === "work" ? stoppedEarlyNotice : outOfTimeNotice];
}
