import { expect, test } from "vitest";
import { FairQueue, type QueueEntry } from "./fair-queue.ts";
import { QueueAdmission } from "./queue-admission.ts";

const COST_MS = 2;

/** A queue that two clients have filled, who take turns at asking. */
function fullQueue() {
  const queue = new FairQueue<QueueEntry>();
  const workers = { expectedMs: 0 };
  const admission = new QueueAdmission({ queue, workers, count: 1, callsAtOnce: 1 });
  const clientOf = (connection: string) => ({ address: "a", connection });
  const add = (connection: string) => {
    const entry = { client: clientOf(connection), costMs: COST_MS };
    queue.add(entry);
    return entry;
  };
  const reason = (connection: string, remainingMs?: number) =>
    admission.reasonToShed(clientOf(connection), COST_MS, remainingMs);
  const mine: QueueEntry[] = [];
  while (reason("mine") === undefined) {
    mine.push(add("mine"));
    add("yours");
  }
  return { queue, admission, add, reason, mine, clientOf };
}

test("clients who all ask for too much keep their places, but not all of the room", () => {
  const { queue, admission, add, reason, mine, clientOf } = fullQueue();
  const leave = (from: number, to: number) => {
    for (const entry of mine.slice(from, to)) {
      queue.remove(entry);
      add("yours");
    }
  };
  // It leaves a place, which the other takes: so small a difference is not worth a refusal.
  leave(0, 1);
  expect([reason("mine"), reason("yours")]).toEqual(["full", "full"]);
  leave(1, 4);
  expect([reason("mine"), reason("yours")]).toEqual([undefined, "full"]);
  expect(admission.placeOf(clientOf("mine"), COST_MS)).toMatchObject({ client: clientOf("yours") });
});

test("a client that waits for nothing takes the place of one that waits for more", () => {
  const { admission, reason, clientOf } = fullQueue();
  expect(reason("nobody yet")).toBeUndefined();
  const place = admission.placeOf(clientOf("nobody yet"), COST_MS);
  expect(["mine", "yours"]).toContain(place?.client.connection);
});

test("who can't be answered in time is told so, unless nobody waits", () => {
  const { queue, reason } = fullQueue();
  expect(reason("nobody yet", 10)).toBe("late");
  while (queue.shift() !== undefined) {
    // Until it is empty.
  }
  expect(reason("nobody yet", 1)).toBeUndefined();
});
