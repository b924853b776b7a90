import { expect, test } from "vitest";
import { mapInOrder } from "./map-in-order.ts";

async function* numbers(count: number, read: number[] = []): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) {
    read.push(number);
    yield number;
  }
}

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const result of results) {
    list.push(result);
  }
  return list;
}

test("keeps the order of the items, whichever is ready first", async () => {
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const results = mapInOrder(numbers(5), 3, async (item) => {
    await gates[item]?.promise;
    return item * 10;
  });
  for (const gate of gates.toReversed()) {
    gate.resolve();
  }
  expect(await all(results)).toEqual([0, 10, 20, 30, 40]);
});

test("reads no further than the window while nobody takes results", async () => {
  const read: number[] = [];
  const results = mapInOrder(numbers(100, read), 4, async (item) => item);
  await results.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(read.length).toBeLessThanOrEqual(5);
  await results.return(undefined);
});

test("answers one item before the next is there", async () => {
  const second = Promise.withResolvers<void>();
  async function* slowly() {
    yield 1;
    await second.promise;
    yield 2;
  }
  const results = mapInOrder(slowly(), 4, async (item) => item);
  expect(await results.next()).toEqual({ value: 1, done: false });
  second.resolve();
  expect(await results.next()).toEqual({ value: 2, done: false });
});

test("ends with the first failure in order, and lets the source go", async () => {
  let isReleased = false;
  async function* source() {
    try {
      yield* [1, 2, 3];
    } finally {
      isReleased = true;
    }
  }
  const seen: number[] = [];
  const run = async () => {
    for await (const result of mapInOrder(source(), 2, async (item) => {
      if (item === 2) {
        throw new Error("two");
      }
      return item;
    })) {
      seen.push(result);
    }
  };
  await expect(run()).rejects.toThrow("two");
  expect(seen).toEqual([1]);
  await expect.poll(() => isReleased).toBe(true);
});

test("fails at once, even if the source is silent", async () => {
  async function* source() {
    yield 1;
    await new Promise(() => undefined);
  }
  const results = mapInOrder(source(), 2, async () => {
    throw new Error("one");
  });
  await expect(results.next()).rejects.toThrow("one");
});

test("fails when the source does, after what came before", async () => {
  async function* source() {
    yield 1;
    throw new Error("cut off");
  }
  const results = mapInOrder(source(), 2, async (item) => item);
  expect(await results.next()).toEqual({ value: 1, done: false });
  await expect(results.next()).rejects.toThrow("cut off");
  await expect(all(mapInOrder(source(), 2, async (item) => item))).rejects.toThrow("cut off");
});
