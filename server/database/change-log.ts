/**
 * What all servers have written to one database, in the one order in which it counts: entry 1, 2, 3 …
 * Whoever writes claims the next place; of two who claim the same, one does.
 */

/** What one transaction changed. */
export type ChangeLogEntry = {
  /** Names this entry, whoever reads it. */
  id: string;
  /** The entry before it, as its writer knew it: one that was read and then lost is noticed. */
  previousId: string;
  /** A changeset of SQLite's session extension (https://sqlite.org/sessionintro.html). */
  changes: Uint8Array;
  /** The version of the tables that were changed. */
  schema: number;
};

export type ChangeLogPart = {
  /** The entry that is before these now; empty if none is. */
  previousId: string;
  entries: ChangeLogEntry[];
};

export type ChangeLog = {
  /** Names this log; another one, also of the same place, has another name. */
  readonly id: string;
  /**
   * Puts an entry in a place, for good; false if another one has it.
   *
   * @throws when it isn't known whether it has the place: it may appear there later.
   */
  append(place: number, entry: ChangeLogEntry): Promise<boolean>;
  /** Entries after a place, in order; some at a time, none at the end. Newest ones may get lost again. */
  read(afterPlace: number): Promise<ChangeLogPart>;
};
