import { connect, type Socket } from "node:net";

/** A TCP connection as a test drives it, without a client library in between. */
export type RawSocket = {
  socket: Socket;
  /** Everything received so far. */
  received: () => Buffer;
  /** Sends, and waits until the bytes have left. */
  send: (bytes: string | Uint8Array) => Promise<void>;
  /** Sends byte by byte, each in a packet of its own. */
  sendSlowly: (bytes: string | Uint8Array) => Promise<void>;
  /** Waits until what was received contains these bytes. */
  until: (bytes: string | Uint8Array) => Promise<void>;
  /** Resolves when the other side has closed the connection, in whichever way. */
  closed: Promise<void>;
};

const WAIT_MS_MAX = 20_000;

/** Connects to a port of this machine. */
export async function openRawSocket(port: number): Promise<RawSocket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let received: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  // Some tests reset connections; they look at `closed`.
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
  });
  await new Promise<void>((resolve) => {
    socket.once("connect", () => resolve());
  });
  const send = (bytes: string | Uint8Array) =>
    new Promise<void>((resolve) => {
      socket.write(bytes, () => resolve());
    });
  return {
    socket,
    closed,
    received: () => received,
    send,
    async sendSlowly(bytes) {
      for (const byte of typeof bytes === "string" ? Buffer.from(bytes) : bytes) {
        await send(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async until(bytes) {
      const deadlineMs = performance.now() + WAIT_MS_MAX;
      while (!received.includes(bytes)) {
        if (socket.closed || performance.now() > deadlineMs) {
          throw new Error(`Nothing came after: ${received.toString("latin1")}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
  };
}

/** What every HTTP/2 client sends first: the preface and an empty SETTINGS frame. */
export const http2Preface: Buffer = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

/** A SETTINGS frame with ACK, with which a server answers `http2Preface`. */
export const http2SettingsAck: Buffer = Buffer.from([0, 0, 0, 4, 1, 0, 0, 0, 0]);

/** Connects as an HTTP/2 client and sends some frames behind the preface. */
export async function openRawHttp2(port: number, ...frames: Uint8Array[]): Promise<RawSocket> {
  const raw = await openRawSocket(port);
  await raw.send(Buffer.concat([http2Preface, ...frames]));
  return raw;
}
