/** The result code of SQLite for a disk without room. */
const SQLITE_FULL = 13;

/** True for what the system, or SQLite, says when a disk or a quota is full. */
export function isDiskFull(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  return code === "ENOSPC" || code === "EDQUOT" || errcode === SQLITE_FULL;
}
