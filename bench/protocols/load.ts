/** Clients that cost little themselves, so that two cores suffice for them and the server. */
import { connect as connectHttp2 } from "node:http2";
import { connect as connectTcp } from "node:net";

/** Calls `count` times over one HTTP/2 connection, `parallel` at a time; every answer is checked. */
export async function loadGrpc(
  port: number,
  path: string,
  message: Uint8Array,
  count: number,
  parallel: number,
): Promise<void> {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  let left = count;
  const headers = {
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
  };
  const call = () =>
    new Promise<void>((resolve, reject) => {
      const stream = session.request(headers);
      stream.on("trailers", (trailers) => {
        if (trailers["grpc-status"] === "0") {
          resolve();
        } else {
          reject(new Error(`grpc-status ${String(trailers["grpc-status"])}`));
        }
      });
      stream.on("error", reject);
      stream.resume();
      stream.end(frame);
    });
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (left > 0) {
        left -= 1;
        await call();
      }
    }),
  );
  session.close();
}

/** Calls `count` times over `parallel` kept HTTP/1.1 connections. */
export async function loadHttp1(
  port: number,
  path: string,
  body: string,
  count: number,
  parallel: number,
): Promise<void> {
  const request = Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  let left = count;
  await Promise.all(
    Array.from(
      { length: parallel },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connectTcp(port, "127.0.0.1");
          let wanted = 0;
          let head = "";
          const next = () => {
            if (left <= 0) {
              socket.end(resolve);
              return;
            }
            left -= 1;
            head = "";
            socket.write(request);
          };
          socket.on("connect", next);
          socket.on("error", reject);
          socket.on("data", (chunk) => {
            if (wanted === 0) {
              head += chunk.toString("latin1");
              const end = head.indexOf("\r\n\r\n");
              if (end < 0) {
                return;
              }
              if (!head.startsWith("HTTP/1.1 200")) {
                reject(new Error(head));
                return;
              }
              const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
              wanted = length - (head.length - end - 4);
            } else {
              wanted -= chunk.length;
            }
            if (wanted === 0) {
              next();
            }
          });
        }),
    ),
  );
}
