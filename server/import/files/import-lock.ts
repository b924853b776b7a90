import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { ImportError } from "../import-error.ts";

/**
 * Keeps two imports out of one folder. A lock whose process has ended is taken over.
 * @throws {ImportError} when another import is running.
 */
export function lockImport(path: string): Disposable {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, String(process.pid));
      closeSync(file);
      return { [Symbol.dispose]: () => unlinkSync(path) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        throw error;
      }
      const owner = Number(readFileSync(path, "utf8"));
      if (owner > 0 && owner !== process.pid && isRunning(owner)) {
        throw new ImportError(
          `another import (process ${owner}) is at work in this folder; if it isn't, delete ${path}`,
        );
      }
      unlinkSync(path);
    }
  }
  throw new ImportError(`the lock ${path} can't be taken`);
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: there is one, and it isn't ours.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
