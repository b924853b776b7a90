import { expect, test } from "vitest";
import { wholeMessages } from "./whole-messages.ts";

const message = (lengthBytes: number, announcedBytes = lengthBytes) => {
  const bytes = Buffer.alloc(5 + lengthBytes, 7);
  bytes[0] = 0;
  bytes.writeUInt32BE(announcedBytes, 1);
  return bytes;
};

async function cut(bytes: Buffer, pieceBytes: number): Promise<Uint8Array[]> {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      yield bytes.subarray(at, at + pieceBytes);
    }
  }
  const parts: Uint8Array[] = [];
  for await (const part of wholeMessages(pieces(), 1000)) {
    parts.push(part);
  }
  return parts;
}

test.each([1, 3, 5, 7, 64, 10_000])(
  "in pieces of %d bytes are cut between messages",
  async (pieceBytes) => {
    const messages = [0, 1, 300, 0, 1000, 2].map((length) => message(length));
    const parts = await cut(Buffer.concat(messages), pieceBytes);
    expect(Buffer.concat(parts)).toEqual(Buffer.concat(messages));
    let end = 0;
    const ends = new Set(messages.map(({ length }) => (end += length)));
    let at = 0;
    for (const part of parts) {
      at += part.length;
      expect(ends).toContain(at);
    }
  },
);

test("one that is announced to be too long is passed on as it comes", async () => {
  const parts = await cut(Buffer.concat([message(3), message(2000)]), 500);
  expect(parts.length).toBeGreaterThan(3);
  expect(Buffer.concat(parts)).toHaveLength(8 + 2005);
});

test("what is cut off is passed on, for Connect to say so", async () => {
  const parts = await cut(message(10, 20), 4);
  expect(Buffer.concat(parts)).toEqual(message(10, 20));
});
