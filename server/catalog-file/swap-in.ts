import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Puts a finished catalogue in the place of the present one. Readers of the old one keep it until
 * they close it; whoever opens the name gets either the old or the new one, never a mixture.
 */
export function swapIn(built: string, target: string): void {
  fsyncPath(built);
  renameSync(built, target);
  fsyncPath(dirname(target));
}

function fsyncPath(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
