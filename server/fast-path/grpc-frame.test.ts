import { once } from "node:events";
import {
  type ClientHttp2Stream,
  connect,
  constants,
  createServer,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { waitUntil } from "#server/testing/wait-until.ts";
import { arrivedBody, frameOf } from "./grpc-frame.ts";

const frame = frameOf(Buffer.from("a message"));

/** A call from both sides; what the client sends is not read. */
async function openCall(): Promise<{ sent: ClientHttp2Stream; received: ServerHttp2Stream }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // It listens on a port, so it has an address that is neither null nor a path.
  const { port } = server.address() as AddressInfo;
  const session = connect(`http://127.0.0.1:${port}`);
  onTestFinished(() => {
    session.destroy();
    server.close();
  });
  const sent = session.request({ ":method": "POST", ":path": "/" });
  sent.on("error", () => {});
  const [received] = (await once(server, "stream")) as [ServerHttp2Stream];
  received.on("error", () => {});
  return { sent, received };
}

test("a body that has come whole is there without being read", async () => {
  const { sent, received } = await openCall();
  sent.end(frame);
  await waitUntil("it has come", () => arrivedBody(received, 100) !== undefined);
  expect(arrivedBody(received, 100)).toEqual(frame);
  // It is still to be read by whoever wants to, and known to be too large.
  expect(received.readableLength).toBe(frame.length);
  expect(arrivedBody(received, frame.length - 1)).toBeUndefined();
});

test("a body that goes on is not taken for whole, nor one whose client has reset it", async () => {
  const { sent, received } = await openCall();
  sent.write(frame);
  await waitUntil("it has come", () => received.readableLength === frame.length);
  expect(arrivedBody(received, 100)).toBeUndefined();
  sent.close(constants.NGHTTP2_CANCEL);
  await waitUntil("it is reset", () => received.closed);
  expect(arrivedBody(received, 100)).toBeUndefined();
});
