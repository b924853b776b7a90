import fc from "fast-check";
import { expect, test } from "vitest";
import { FairQueue, type QueueEntry } from "./fair-queue.ts";

type NamedEntry = QueueEntry & { name: string };

function entry(name: string, costMs = 1, address = "a", connection = name[0] ?? ""): NamedEntry {
  return { name, costMs, client: { address, connection } };
}

function drain(queue: FairQueue<NamedEntry>): string[] {
  const names: string[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    names.push(next.name);
  }
  return names;
}

test("takes turns between clients, however many each has sent", () => {
  const queue = new FairQueue<NamedEntry>();
  for (const name of ["x1", "x2", "x3", "x4", "y1", "z1", "y2"]) {
    queue.add(entry(name));
  }
  expect(drain(queue)).toEqual(["x1", "y1", "z1", "x2", "y2", "x3", "x4"]);
});

test("takes turns by what the calls cost", () => {
  const queue = new FairQueue<NamedEntry>();
  queue.add(entry("x1", 50));
  queue.add(entry("x2", 50));
  for (let count = 1; count <= 4; count += 1) {
    queue.add(entry(`y${count}`, 1));
  }
  expect(drain(queue)).toEqual(["x1", "y1", "y2", "y3", "y4", "x2"]);
});

test("gives an address no more for having many connections", () => {
  const queue = new FairQueue<NamedEntry>();
  for (const connection of ["1", "2", "3", "4"]) {
    queue.add(entry(`x${connection}`, 1, "x", connection));
  }
  queue.add(entry("y1", 1, "y"));
  queue.add(entry("y2", 1, "y"));
  expect(
    drain(queue)
      .slice(0, 4)
      .filter((name) => name.startsWith("y")),
  ).toHaveLength(2);
});

test("lets nobody save up by being away, nor wait for long because of what it had", () => {
  const queue = new FairQueue<NamedEntry>();
  queue.add(entry("x0", 1000));
  queue.shift();
  for (let count = 0; count < 200; count += 1) {
    queue.add(entry(`y${count}`, 1));
  }
  queue.add(entry("x1", 1));
  const order = drain(queue);
  expect(order.indexOf("x1")).toBeLessThanOrEqual(101);
  queue.add(entry("y", 1));
  queue.add(entry("z", 1));
  expect(drain(queue)).toEqual(["y", "z"]);
});

test("finds the last call of the client that waits for most", () => {
  const queue = new FairQueue<NamedEntry>();
  queue.add(entry("x1", 5));
  queue.add(entry("y1", 3));
  queue.add(entry("y2", 3));
  expect(queue.mostGreedy(0)?.name).toBe("y2");
  expect(queue.mostGreedy(6)).toBeUndefined();
});

test("holds every entry exactly once, and its sums are those of what it holds", () => {
  const command = fc.record({
    client: fc.constantFrom("x", "y", "z"),
    address: fc.constantFrom("a", "b"),
    costMs: fc.integer({ min: 1, max: 50 }),
    action: fc.constantFrom("add", "shift", "remove"),
  });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
      const queue = new FairQueue<NamedEntry>();
      const held = new Set<NamedEntry>();
      for (const [index, { client, address, costMs, action }] of commands.entries()) {
        const [first] = held;
        if (action === "add") {
          const added = entry(`${client}${index}`, costMs, address, client);
          queue.add(added);
          held.add(added);
        } else if (action === "shift") {
          const next = queue.shift();
          expect(next === undefined).toBe(held.size === 0);
          if (next !== undefined) {
            expect(held.delete(next)).toBe(true);
          }
        } else if (first !== undefined) {
          expect(queue.remove(first)).toBe(true);
          expect(queue.remove(first)).toBe(false);
          held.delete(first);
        }
        expect(queue.size).toBe(held.size);
        const costOf = (entries: NamedEntry[]) =>
          entries.reduce((total, each) => total + each.costMs, 0);
        expect(queue.costMs).toBeCloseTo(costOf([...held]));
        const own = [...held].filter(
          (each) => each.client.address === address && each.client.connection === client,
        );
        expect(queue.costOf({ address, connection: client })).toBeCloseTo(costOf(own));
      }
    }),
  );
});
