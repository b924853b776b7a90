import type { ChangeLog, ChangeLogEntry, ChangeLogPart } from "../change-log.ts";

/** A log that several databases of one process share. */
export class MemoryLog implements ChangeLog {
  readonly id: string;
  readonly entries: ChangeLogEntry[] = [];
  /** Done before an entry is taken, as if another server had been faster. */
  beforeAppend: () => Promise<void> = async () => undefined;

  constructor(id: string) {
    this.id = id;
  }

  async append(place: number, entry: ChangeLogEntry): Promise<boolean> {
    const before = this.beforeAppend;
    this.beforeAppend = async () => undefined;
    await before();
    if (place <= this.entries.length) {
      return false;
    }
    this.entries.push(entry);
    return true;
  }

  async read(afterPlace: number): Promise<ChangeLogPart> {
    const previousId = this.entries[afterPlace - 1]?.id ?? "";
    return { previousId, entries: this.entries.slice(afterPlace, afterPlace + 2) };
  }
}
