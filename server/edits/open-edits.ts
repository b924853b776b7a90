import { Edits, type EditsOptions } from "./edits.ts";

const UNWRITABLE =
  "Books can't be written here: the server can't write to its data folder, so nothing would be kept. " +
  "Whoever runs it has to give it the right to";

/**
 * Opens the edits of a data folder. Where it can't be written to, all writes are refused: what is
 * acknowledged must be kept.
 *
 * @param onUnwritable - Hears of it.
 */
export function openEdits(options: EditsOptions, onUnwritable: (error: unknown) => void): Edits {
  try {
    return new Edits(options);
  } catch (error) {
    if (!isUnwritable(error)) {
      throw error;
    }
    onUnwritable(error);
    return new Edits({ ...options, dataDir: undefined, readOnlyBecause: UNWRITABLE });
  }
}

/** True for the system's errors of a folder that can only be read. */
export function isUnwritable(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EROFS" || code === "EACCES";
}
