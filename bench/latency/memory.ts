import { readFileSync } from "node:fs";

export type MemoryUse = {
  /** All that counts as resident, also mapped pages of the catalogue that others could use. */
  residentBytes: number;
  /** Resident without pages of files; equal to `residentBytes` where the system doesn't tell. */
  ownBytes: number;
};

/** What this process holds now. */
export function memoryUse(): MemoryUse {
  const residentBytes = process.memoryUsage.rss();
  try {
    const match = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"));
    return { residentBytes, ownBytes: match === null ? residentBytes : Number(match[1]) * 1024 };
  } catch {
    // No Linux.
    return { residentBytes, ownBytes: residentBytes };
  }
}
