/**
 * The example of migration, measured: the same account over `GET /user/{id}` and over
 * example.UserService/GetUser, as gRPC and as Connect with JSON, from one server in one run.
 *
 *     node bench/migration/main.ts [--calls 5000] [--rounds 5]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { GetUserRequestSchema } from "#proto/example/user_service_pb.ts";
import { Accounts } from "#server/accounts/accounts.ts";
import { parseCommandLine, startCommand, wholeNumber } from "#server/command-line.ts";

const usage = `Usage: node bench/migration/main.ts [options]

Compares GET /user/{id} with example.UserService/GetUser: bytes, processor time and latency per call.

  --calls N    calls of each way in a round (default 5000)
  --rounds N   rounds, in which the ways take turns (default 5)`;

const options = {
  calls: { type: "string", default: "5000" },
  rounds: { type: "string", default: "5" },
} as const;

/** One way to ask for the account; `bytes` counts what went over its connection. */
type ClientMethod = {
  name: string;
  call(): Promise<void>;
  bytes(): { sent: number; received: number };
  close(): void;
};

/** How many calls are under way where the server is kept busy. */
const IN_FLIGHT = 16;

const { calls, rounds } = startCommand(process, (args) => {
  const { values } = parseCommandLine(args, { usage, options });
  return {
    calls: wholeNumber("--calls", values.calls, 100),
    rounds: wholeNumber("--rounds", values.rounds, 1, 100),
  };
});
await run(calls, rounds);

async function run(callCount: number, roundCount: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "migration-"));
  const key = prepare(dataDir);
  const { port, pid, stop } = await startServer(dataDir);
  const ways = [rest(port, key), connectJson(port, key), grpc(port, key)];
  const measured = new Map(ways.map((way) => [way, [] as Round[]]));
  // The first calls open the connections and fill the header tables.
  for (const way of ways) {
    await inSequence(way, 500);
  }
  // In turns, so that what else the machine does hits all of them.
  for (let round = 0; round < roundCount; round += 1) {
    for (const way of ways) {
      const [bytes, cpuMs] = [way.bytes(), cpuMsOf(pid)];
      const times = (await inSequence(way, callCount)).toSorted((a, b) => a - b);
      const after = way.bytes();
      const cpuAfterMs = cpuMsOf(pid);
      await inParallel(way, callCount);
      measured.get(way)?.push({
        bytesOut: (after.sent - bytes.sent) / callCount,
        bytesIn: (after.received - bytes.received) / callCount,
        p50Us: (times[Math.floor(times.length / 2)] ?? 0) * 1000,
        cpuUs: ((cpuAfterMs - cpuMs) / callCount) * 1000,
        busyCpuUs: ((cpuMsOf(pid) - cpuAfterMs) / callCount) * 1000,
      });
    }
  }
  console.log("way               bytes out  bytes in  p50 µs  server µs  server µs, 16 at a time");
  for (const [way, all] of measured) {
    const column = (pick: (round: Round) => number) => median(all.map(pick)).toFixed(0);
    console.log(
      way.name.padEnd(17),
      column(({ bytesOut }) => bytesOut).padStart(9),
      column(({ bytesIn }) => bytesIn).padStart(9),
      column(({ p50Us }) => p50Us).padStart(7),
      column(({ cpuUs }) => cpuUs).padStart(10),
      column(({ busyCpuUs }) => busyCpuUs).padStart(10),
    );
    way.close();
  }
  await stop();
  rmSync(dataDir, { recursive: true });
}

type Round = { bytesOut: number; bytesIn: number; p50Us: number; cpuUs: number; busyCpuUs: number };

/** Processor time of a process so far, as Linux counts it: in hundredths of a second. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function prepare(dataDir: string): string {
  using accounts = new Accounts({ dataDir, now: () => new Date() });
  const person = { name: "Anna Ek", email: "anna@books.example" };
  accounts.users.add({ ...person, scopes: [], passwordHash: "" });
  return accounts.keys.create("bench", ["users.read"], undefined).text;
}

async function inSequence(way: ClientMethod, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = performance.now();
    await way.call();
    times.push(performance.now() - start);
  }
  return times;
}

async function inParallel(way: ClientMethod, count: number): Promise<void> {
  let left = count;
  const callers = Array.from({ length: IN_FLIGHT }, async () => {
    while (left > 0) {
      left -= 1;
      await way.call();
    }
  });
  await Promise.all(callers);
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** HTTP/1.1, as REST clients speak it. */
function overHttp1(
  name: string,
  port: number,
  options: { method: string; path: string; headers: Record<string, string>; body?: string },
): ClientMethod {
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<{ bytesRead: number; bytesWritten: number }>();
  const { body, ...rest } = options;
  return {
    name,
    call() {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const sent = httpRequest({ host: "127.0.0.1", port, agent, ...rest }, (response) => {
        response.resume();
        response.once("end", () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
        );
      });
      sent.once("socket", (socket) => sockets.add(socket));
      sent.once("error", reject);
      sent.end(body);
      return promise;
    },
    bytes: () => ({
      sent: [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
      received: [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0),
    }),
    close: () => agent.destroy(),
  };
}

function rest(port: number, key: string): ClientMethod {
  const headers = { authorization: `Bearer ${key}`, accept: "application/json" };
  return overHttp1("GET /user/1", port, { method: "GET", path: "/user/1", headers });
}

function connectJson(port: number, key: string): ClientMethod {
  return overHttp1("GetUser, JSON", port, {
    method: "POST",
    path: "/example.UserService/GetUser",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: '{"userId":1}',
  });
}

/** HTTP/2, one connection for all calls. */
function grpc(port: number, key: string): ClientMethod {
  const session = connect(`http://127.0.0.1:${port}`);
  const message = toBinary(GetUserRequestSchema, create(GetUserRequestSchema, { userId: 1 }));
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  return {
    name: "GetUser, gRPC",
    call() {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const stream = session.request({
        ":method": "POST",
        ":path": "/example.UserService/GetUser",
        "content-type": "application/grpc",
        te: "trailers",
        authorization: `Bearer ${key}`,
      });
      stream.once("trailers", (trailers) => {
        if (trailers["grpc-status"] !== "0") {
          reject(new Error(String(trailers["grpc-message"])));
        }
      });
      stream.resume();
      stream.once("end", resolve);
      stream.once("error", reject);
      stream.end(frame);
      return promise;
    },
    bytes: () => ({
      sent: session.socket.bytesWritten,
      received: session.socket.bytesRead,
    }),
    close: () => session.close(),
  };
}

type RunningServer = { port: number; pid: number; stop(): Promise<void> };

function startServer(dataDir: string): Promise<RunningServer> {
  const { promise, resolve, reject } = Promise.withResolvers<RunningServer>();
  const server = spawn(process.execPath, [join(import.meta.dirname, "../../server/main.ts")], {
    env: {
      ...process.env,
      PORT: "0",
      HOST: "127.0.0.1",
      BOOKFINDER_DATA: dataDir,
      BOOKFINDER_LOG_LEVEL: "silent",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  server.stdout.on("data", (text: Buffer) => {
    const [, port] = /is ready: \S+:(\d+)/.exec(text.toString()) ?? [];
    if (port === undefined) {
      return;
    }
    const stop = () =>
      new Promise<void>((done) => {
        server.once("exit", () => done());
        server.kill("SIGTERM");
      });
    resolve({ port: Number(port), pid: server.pid ?? 0, stop });
  });
  server.once("exit", () => reject(new Error("The server ended before it was ready")));
  return promise;
}
