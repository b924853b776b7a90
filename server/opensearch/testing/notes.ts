/** A small database that two servers share over the cluster of the tests, and writers at both. */
import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "#server/database/open-database.ts";
import { Cluster, PATIENT_MS } from "../cluster.ts";
import type { ClusterAddress } from "../cluster-address.ts";
import { type SharedDatabase, shareDatabase } from "../shared-database.ts";

const migrations = ["CREATE TABLE note (text TEXT PRIMARY KEY) STRICT;"];
const open = () => openDatabase(":memory:", { migrations });

type Server = { database: DatabaseSync; shared: SharedDatabase };

export class SharedNotes {
  readonly #address: ClusterAddress;
  readonly #servers: Server[] = [];
  #count = 0;

  private constructor(address: ClusterAddress) {
    this.#address = address;
  }

  static async open(address: ClusterAddress): Promise<SharedNotes> {
    const notes = new SharedNotes(address);
    for (let count = 0; count < 2; count++) {
      const database = open();
      const shared = await shareDatabase(database, address, "edits");
      notes.#servers.push({ database, shared });
    }
    return notes;
  }

  /** Where they are kept in the cluster. */
  get index(): string {
    return `${this.#address.name}.log.edits`;
  }

  /** Writes a note at one of the servers; returns it when it is acknowledged. */
  async write(place: number): Promise<string> {
    const { database, shared } = this.#server(place);
    const text = `note ${this.#count++}`;
    const insert = database.prepare("INSERT INTO note (text) VALUES (?)");
    await shared.transactions.run(() => insert.run(text));
    return text;
  }

  /** What a server has, after it has looked at the log. */
  async read(place: number): Promise<string[]> {
    const { database, shared } = this.#server(place);
    await shared.transactions.catchUp();
    return notesOf(database);
  }

  /** What a server has that begins with an empty folder now. */
  async readAnew(): Promise<string[]> {
    using database = open();
    await using _shared = await shareDatabase(database, this.#address, "edits");
    return notesOf(database);
  }

  /** Writers at both servers until they are told to stop. */
  writers() {
    let isOver = false;
    const acknowledged: string[] = [];
    const refused: unknown[] = [];
    const writing = this.#servers.map(async (_, place) => {
      while (!isOver) {
        await this.write(place).then(
          (text) => acknowledged.push(text),
          (error: unknown) => refused.push(error),
        );
      }
    });
    return {
      acknowledged,
      refused,
      async stop(): Promise<void> {
        isOver = true;
        await Promise.all(writing);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { database, shared } of this.#servers) {
      await shared[Symbol.asyncDispose]();
      database.close();
    }
    await using cluster = new Cluster(this.#address, PATIENT_MS);
    await cluster.write({ method: "DELETE", path: `/${this.index}` });
  }

  #server(place: number): Server {
    const server = this.#servers[place];
    if (server === undefined) {
      throw new Error(`There is no server ${place}`);
    }
    return server;
  }
}

function notesOf(database: DatabaseSync): string[] {
  const rows = database.prepare("SELECT text FROM note ORDER BY rowid").all();
  return rows.map(({ text }) => String(text));
}
