/**
 * A search process: opens the catalogue and answers what the server sends it over a socket pair, one
 * call after the other. It ends when the server does.
 */
import { Socket } from "node:net";
import { parseConfig } from "#server/config.ts";
import { FrameKind, readFrames, writeFrame } from "./frames.ts";
import type { OpenHead } from "./messages.ts";
import { catalogOpener } from "./open-by-config.ts";
import { tuneHeap } from "./tune-heap.ts";
import { warmUp } from "./warm-up.ts";
import { WorkerService } from "./worker-service.ts";

/** The end of the socket pair that the server has handed over. */
const CHANNEL_FD = 3;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });
// The server's own environment, which it has checked.
const service = new WorkerService(catalogOpener(parseConfig(process.env)));
// Whoever stops the server from a terminal sends the signal to this process, too: the server says when.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {});
}
channel.on("close", () => process.exit());
channel.on("error", () => process.exit());
readFrames(channel, async (frame) => {
  if (frame.kind === FrameKind.warm) {
    const { generation } = JSON.parse(frame.head) as Pick<OpenHead, "generation">;
    await warmUp(generation, (search) => service.serve(search));
    tuneHeap();
    return;
  }
  const reply = await service.serve(frame);
  if (reply !== undefined) {
    writeFrame(channel, reply);
  }
});
