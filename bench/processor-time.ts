import { readFileSync } from "node:fs";

/** What processes and their children have used of the processors so far; Linux only. */
export function processorMs(pids: readonly number[]): number {
  return pids
    .flatMap((pid) => {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
      return [String(pid), ...children.trim().split(" ").filter(Boolean)];
    })
    .map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      // User and system time, in hundredths of a second.
      return (Number(fields[11]) + Number(fields[12])) * 10;
    })
    .reduce((sum, each) => sum + each, 0);
}
