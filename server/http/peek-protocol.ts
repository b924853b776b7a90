import type { Socket } from "node:net";

/** What an HTTP/2 client with prior knowledge sends first (RFC 9113 §3.4). */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
/** What a TLS client sends first: the type of a record that holds a handshake (RFC 8446 §5.1). */
const TLS_HANDSHAKE = 0x16;

export type PeekedProtocol = "http1" | "http2" | "tls";

/**
 * Finds out which protocol a client speaks, from as few bytes as decide it, and puts them back.
 *
 * `decided` is called at most once: never for a client that leaves before, whose socket is destroyed,
 * or that says nothing, whose socket others destroy when its time is up.
 */
export function peekProtocol(socket: Socket, decided: (protocol: PeekedProtocol) => void): void {
  let seen: Buffer = Buffer.alloc(0);
  socket.on("readable", peek).on("error", leave).on("end", leave);

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
    decided(couldBeHttp2 ? "http2" : seen[0] === TLS_HANDSHAKE ? "tls" : "http1");
  }

  function leave(): void {
    stop();
    // Whatever goes wrong with it from here on is of no interest.
    socket.on("error", () => {});
    socket.destroy();
  }

  function stop(): void {
    socket.off("readable", peek).off("error", leave).off("end", leave);
  }
}
