/**
 * A search process: opens the catalogue and answers what the server sends it over a socket pair, one
 * call after the other. It ends when the server does.
 */
import { Socket } from "node:net";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { readFrames, writeFrame } from "./frames.ts";
import { WorkerService } from "./worker-service.ts";

/** The end of the socket pair that the server has handed over. */
const CHANNEL_FD = 3;

const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });
const service = new WorkerService(openSqliteCatalog);
// Whoever stops the server from a terminal sends the signal to this process, too: the server says when.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {});
}
channel.on("close", () => process.exit());
channel.on("error", () => process.exit());
readFrames(channel, async (frame) => {
  const reply = await service.serve(frame);
  if (reply !== undefined) {
    writeFrame(channel, reply);
  }
});
