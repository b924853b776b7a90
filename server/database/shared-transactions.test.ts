import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inTransaction, openDatabase } from "./open-database.ts";
import { SharedTransactions } from "./shared-transactions.ts";
import { MemoryLog } from "./testing/memory-log.ts";
import { detach, LocalTransactions, SharedDatabaseError } from "./transactions.ts";

const migrations = [
  `CREATE TABLE shelf (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL) STRICT;
   CREATE TABLE book (
     key TEXT PRIMARY KEY, shelf_id INTEGER NOT NULL REFERENCES shelf (id) ON DELETE CASCADE
   ) STRICT, WITHOUT ROWID;`,
];

const open = () => openDatabase(":memory:", { migrations, pragmas: ["foreign_keys = ON"] });

let log: MemoryLog;
let databases: [DatabaseSync, DatabaseSync];
let servers: [SharedTransactions, SharedTransactions];

beforeEach(async () => {
  log = new MemoryLog("log");
  databases = [open(), open()];
  const [one, other] = databases;
  servers = [await SharedTransactions.open(one, log), await SharedTransactions.open(other, log)];
});
afterEach(() => databases.forEach((database) => void database.close()));

function addShelf(database: DatabaseSync, name: string): number {
  const { lastInsertRowid } = database.prepare("INSERT INTO shelf (name) VALUES (?)").run(name);
  return Number(lastInsertRowid);
}

function shelves(database: DatabaseSync): string[] {
  const rows = database.prepare("SELECT id, name FROM shelf ORDER BY id").all();
  return rows.map(({ id, name }) => `${id} ${name}`);
}

test("what one server has written the other has when it looks", async () => {
  const [one, other] = databases;
  expect(await servers[0].run(() => addShelf(one, "A"))).toBe(1);
  expect(shelves(one)).toEqual(["1 A"]);
  expect(shelves(other)).toEqual([]);
  await servers[1].catchUp();
  expect(shelves(other)).toEqual(["1 A"]);
});

test("a write that was not first runs again over what was written before it", async () => {
  const [one, other] = databases;
  log.beforeAppend = async () => void (await servers[1].run(() => addShelf(other, "first")));
  expect(await servers[0].run(() => addShelf(one, "second"))).toBe(2);
  await servers[1].catchUp();
  expect(shelves(one)).toEqual(["1 first", "2 second"]);
  expect(shelves(other)).toEqual(shelves(one));
});

test("many writes at both servers are all kept, in one order", async () => {
  const writes = Array.from({ length: 40 }, (_, number) => {
    const place = number % 2 === 0 ? 0 : 1;
    return servers[place].run(() => addShelf(databases[place], `shelf ${number}`));
  });
  expect(new Set(await Promise.all(writes)).size).toBe(40);
  await Promise.all(servers.map((server) => server.catchUp()));
  expect(shelves(databases[0])).toHaveLength(40);
  expect(shelves(databases[1])).toEqual(shelves(databases[0]));
});

test("what follows from a change is done once, and what is undone or refused is nobody's", async () => {
  const [one, other] = databases;
  const addBook = one.prepare("INSERT INTO book (key, shelf_id) VALUES (?, ?)");
  await servers[0].run(() => addBook.run("a", addShelf(one, "A")));
  await servers[0].run(() => one.exec("DELETE FROM shelf"));
  await servers[0].run(() => {
    try {
      inTransaction(one, () => {
        addShelf(one, "undone");
        throw new Error("undo");
      });
    } catch {
      addShelf(one, "B");
    }
  });
  const refused = servers[0].run(() => {
    addShelf(one, "refused");
    throw new Error("refused");
  });
  await expect(refused).rejects.toThrow("refused");
  await servers[1].catchUp();
  for (const database of [one, other]) {
    expect(shelves(database)).toEqual(["2 B"]);
    expect(database.prepare("SELECT count(*) AS count FROM book").get()).toEqual({ count: 0 });
  }
  // A write that changes nothing is nothing to tell others.
  const { length } = log.entries;
  await servers[0].run(() => one.exec("DELETE FROM book"));
  expect(log.entries).toHaveLength(length);
});

test("rows of its own begin a log, also if that was cut off; other rows are refused", async () => {
  const fresh = new MemoryLog("fresh");
  using own = open();
  for (let number = 0; number < 1_500; number++) {
    addShelf(own, `own ${number}`);
  }
  await SharedTransactions.open(own, fresh);
  using same = open();
  fresh.entries.pop();
  for (let number = 0; number < 1_500; number++) {
    addShelf(same, `own ${number}`);
  }
  const again = await SharedTransactions.open(same, fresh);
  await again.run(() => addShelf(same, "shared"));
  using empty = open();
  await SharedTransactions.open(empty, fresh);
  expect(shelves(empty)).toHaveLength(1_501);
  expect(shelves(empty)).toEqual(shelves(same));
  using stranger = open();
  addShelf(stranger, "other");
  await expect(SharedTransactions.open(stranger, fresh)).rejects.toThrow(SharedDatabaseError);
});

test.each([0, 1, 2])(
  "a copy with an entry that was lost is made anew, %d others later",
  async (count) => {
    const [one, other] = databases;
    await servers[0].run(() => addShelf(one, "kept"));
    await servers[0].run(() => addShelf(one, "lost"));
    log.entries.pop();
    for (let number = 0; number < count; number++) {
      await servers[1].run(() => addShelf(other, "other"));
    }
    await servers[0].run(() => addShelf(one, "next"));
    await servers[1].catchUp();
    expect(shelves(one).map((shelf) => shelf.split(" ")[1])).toEqual([
      "kept",
      ...Array.from({ length: count }, () => "other"),
      "next",
    ]);
    expect(shelves(other)).toEqual(shelves(one));
  },
);

test("a copy is not written to without the others, until it is made a file of its own", async () => {
  const [one] = databases;
  await servers[0].run(() => addShelf(one, "shared"));
  const alone = () => new LocalTransactions(one).run(() => addShelf(one, "alone"));
  await expect(alone()).rejects.toThrow(SharedDatabaseError);
  expect(shelves(one)).toEqual(["1 shared"]);
  expect(detach(one)).toBe(true);
  await alone();
  expect(shelves(one)).toEqual(["1 shared", "2 alone"]);
});

test("what another process has applied to the same copy meanwhile is passed over", async () => {
  const [one, other] = databases;
  for (const name of ["A", "B", "C"]) {
    await servers[0].run(() => addShelf(one, name));
  }
  const twin = await SharedTransactions.open(other, log);
  await servers[0].run(() => addShelf(one, "D"));
  await servers[0].run(() => addShelf(one, "E"));
  const read = log.read.bind(log);
  log.read = async (afterPlace) => {
    log.read = read;
    const part = await read(afterPlace);
    // All of what was read is applied, and more, before the reader gets to it.
    await twin.catchUp();
    return part;
  };
  await servers[0].run(() => addShelf(one, "F"));
  await servers[1].catchUp();
  expect(shelves(other)).toEqual(["1 A", "2 B", "3 C", "4 D", "5 E", "6 F"]);
});

test("of entries that are read together one that does not fit is not applied, nor what follows it", async () => {
  const [one] = databases;
  for (const name of ["A", "B", "C", "D"]) {
    await servers[0].run(() => addShelf(one, name));
  }
  const read = log.read.bind(log);
  let isLost = true;
  log.read = async (afterPlace) => {
    const part = await read(afterPlace);
    // As a node answers that has an entry which the others never had.
    const entries = part.entries.map((entry, index) =>
      isLost && index === 1 ? { ...entry, previousId: "another" } : entry,
    );
    isLost = false;
    return { ...part, entries };
  };
  using late = open();
  await SharedTransactions.open(late, log);
  expect(shelves(late)).toEqual(["1 A", "2 B", "3 C", "4 D"]);
});
