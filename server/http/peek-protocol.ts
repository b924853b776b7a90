import type { Socket } from "node:net";

/** What an HTTP/2 client with prior knowledge sends first (RFC 9113 §3.4). */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export type PeekedProtocol = "http1" | "http2" | "gone";

/**
 * Finds out which protocol a client speaks, from as few bytes as decide it, and puts them back.
 *
 * `decided` is called exactly once; with "gone" if the client left or said nothing that decides for
 * `timeoutMs` (the socket is then destroyed).
 */
export function peekProtocol(
  socket: Socket,
  timeoutMs: number,
  decided: (protocol: PeekedProtocol) => void,
): void {
  let seen: Buffer = Buffer.alloc(0);
  const timer = setTimeout(leave, timeoutMs);
  socket.on("readable", peek).on("error", leave).on("end", leave).on("close", leave);

  function peek(): void {
    // `read()` is typed as any: without an encoding it is a Buffer or null.
    const chunk: Buffer | null = socket.read();
    if (chunk === null) {
      return;
    }
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, PREFACE.length);
    const couldBeHttp2 = PREFACE.compare(seen, 0, length, 0, length) === 0;
    if (couldBeHttp2 && length < PREFACE.length) {
      // Undecided: the bytes stay here. Putting them back would make the socket readable at once,
      // and a client that sends a single "P" would keep the process spinning.
      return;
    }
    stop();
    socket.unshift(seen);
    decided(couldBeHttp2 ? "http2" : "http1");
  }

  function leave(): void {
    stop();
    socket.destroy();
    decided("gone");
  }

  function stop(): void {
    clearTimeout(timer);
    socket.off("readable", peek).off("error", leave).off("end", leave).off("close", leave);
  }
}
