import type { DatabaseSync } from "node:sqlite";

/** One line of the audit: who did what to what, from where. */
export type AuditEntry = {
  at: string;
  /** A principal's subject ("key:laptop", "user:7"), or "command" for the machine's console. */
  actor: string;
  /** E.g. "session.create", "key.revoke". */
  action: string;
  /** What it was done to: "key:laptop", "user:7". */
  target: string;
  /** The address it came from; empty for the console. */
  address: string;
  /** What else is worth knowing; never a secret. */
  detail: string;
};

/** What was done to the accounts. Only added to. */
export class AuditLog {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;

  constructor(database: DatabaseSync, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  add(entry: Omit<AuditEntry, "at" | "detail"> & { detail?: string }): void {
    this.#database
      .prepare(
        "INSERT INTO audit (at, actor, action, target, address, detail) VALUES (?, ?, ?, ?, ?, ?)",
      )
      .run(
        this.#now().toISOString(),
        entry.actor,
        entry.action,
        entry.target,
        entry.address,
        entry.detail ?? "",
      );
  }

  /** The latest entries, newest first. */
  latest(count: number): AuditEntry[] {
    return this.#database
      .prepare(
        "SELECT at, actor, action, target, address, detail FROM audit ORDER BY id DESC LIMIT ?",
      )
      .all(count)
      .map((row) => ({
        at: String(row["at"]),
        actor: String(row["actor"]),
        action: String(row["action"]),
        target: String(row["target"]),
        address: String(row["address"]),
        detail: String(row["detail"]),
      }));
  }
}
