/** Callers who call at a fixed rate, whatever comes back, over HTTP/1.1 or gRPC. */

import { Agent, request } from "node:http";
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";

export type Outcome = "good" | "refused" | "failed" | "gone";

export type Caller = {
  /** Calls once; resolves when the answer is there or, after `patienceMs`, calls it off. */
  call(query: string, patienceMs: number | undefined): Promise<Outcome>;
  close(): void;
};

const path = "/bookfinder.v1.BookService/SearchBooks";

/** Kept connections; one more is opened where all are in use. */
export function http1Caller(port: number, connections: number): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: "fifo" });
  return {
    call(query, patienceMs) {
      const body = JSON.stringify({ query });
      return new Promise((resolve) => {
        const call = request({
          port,
          host: "127.0.0.1",
          agent,
          method: "POST",
          path,
          headers: {
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          },
        });
        const timer =
          patienceMs === undefined ? undefined : setTimeout(() => call.destroy(), patienceMs);
        call.once("response", (response) => {
          response.resume();
          response.once("close", () => {
            clearTimeout(timer);
            const { statusCode } = response;
            resolve(
              !response.complete
                ? "gone"
                : statusCode === 200
                  ? "good"
                  : statusCode === 503 || statusCode === 429
                    ? "refused"
                    : "failed",
            );
          });
        });
        call.once("error", () => {
          clearTimeout(timer);
          resolve(call.destroyed ? "gone" : "failed");
        });
        call.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}

/** Some connections with many calls each. */
export function grpcCaller(
  port: number,
  connections: number,
  encode: (query: string) => Uint8Array,
): Caller {
  const sessions: ClientHttp2Session[] = Array.from({ length: connections }, () => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    session.on("error", () => {});
    return session;
  });
  let turn = 0;
  return {
    call(query, patienceMs) {
      const message = encode(query);
      const frame = Buffer.alloc(5 + message.length);
      frame.writeUInt32BE(message.length, 1);
      frame.set(message, 5);
      turn += 1;
      const session = sessions[turn % sessions.length];
      return new Promise((resolve) => {
        if (session === undefined || session.destroyed) {
          resolve("failed");
          return;
        }
        const stream = session.request({
          ":method": "POST",
          ":path": path,
          "content-type": "application/grpc",
          te: "trailers",
        });
        const timer =
          patienceMs === undefined ? undefined : setTimeout(() => stream.close(8), patienceMs);
        let status = "";
        const note = (headers: object) => {
          status = String((headers as Record<string, unknown>)["grpc-status"] ?? status);
        };
        stream.on("response", note);
        stream.on("trailers", note);
        stream.on("error", () => {});
        stream.resume();
        stream.once("close", () => {
          clearTimeout(timer);
          resolve(
            status === "0"
              ? "good"
              : status === "14" || status === "8"
                ? "refused"
                : status === ""
                  ? "gone"
                  : "failed",
          );
        });
        stream.end(frame);
      });
    },
    close() {
      for (const session of sessions) {
        session.destroy();
      }
    },
  };
}
