import { Duplex, PassThrough } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Frame, readFrames, writeFrame } from "./frames.ts";

const anyFrame = fc.record({
  kind: fc.integer({ min: 0, max: 255 }),
  id: fc.integer({ min: 0, max: 0xffff_ffff }),
  head: fc.string({ unit: "binary", maxLength: 40 }),
  body: fc.uint8Array({ maxLength: 100 }),
});

function written(frames: readonly Frame[]): Buffer {
  const chunks: Buffer[] = [];
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  for (const each of frames) {
    writeFrame(stream, each);
  }
  return Buffer.concat(chunks);
}

test("frames are read as they were written, however the bytes arrive", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFrame, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      async (frames, lengths) => {
        const bytes = written(frames);
        const stream = new PassThrough();
        const read: Frame[] = [];
        readFrames(stream, (frame) => read.push(frame));
        for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
          const end = start + (lengths[turn % lengths.length] ?? 1);
          stream.write(bytes.subarray(start, end));
          start = end;
        }
        await new Promise((resolve) => setImmediate(resolve));
        expect(read.map(({ body, ...rest }) => ({ ...rest, body: new Uint8Array(body) }))).toEqual(
          frames,
        );
      },
    ),
  );
});
