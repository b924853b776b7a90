/** Long answers reach their end at the reader's pace, over every version and in clear or not. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent as AgentInClear, request as requestInClear } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { request as requestSecure, Agent as SecureAgent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthority } from "#server/testing/certificates.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { aContext } from "#server/testing/server.ts";
import type { HttpHandler } from "./handler.ts";
import { type Listener, listen } from "./listen.ts";
import { writeJsonLines } from "./rest/json-lines.ts";
import { writeAnswer } from "./write-answer.ts";

const LINES = 400;
// Letters of two bytes: Node counts letters in one place and bytes in another.
const line = { text: "é".repeat(600) };
const size = LINES * (Buffer.byteLength(JSON.stringify(line)) + 1);

/** They come in a later turn than the request, as what is searched does. */
async function* lines() {
  await nextTurn();
  for (let count = 0; count < LINES; count++) {
    yield line;
  }
}

async function* pieces() {
  for await (const each of lines()) {
    yield Buffer.from(`${JSON.stringify(each)}\n`);
  }
}

const handler: HttpHandler = (request, response) => {
  if (request.url === "/nothing") {
    response.end();
  } else if (request.url === "/lines") {
    void writeJsonLines(response, lines(), {}, () => undefined);
  } else {
    const header = new Headers();
    void writeAnswer({ status: 200, header, body: pieces() }, response, true);
  }
};

const folder = mkdtempSync(join(tmpdir(), "long-answers-"));
const authority = await createAuthority();
const catalog = aFewBooks();
const context = aContext(catalog);
const files = {
  certPath: join(folder, "cert.pem"),
  keyPath: join(folder, "key.pem"),
  clientCaPath: "",
};
const listeners: Record<string, Listener> = {};

beforeAll(async () => {
  const server = await authority.issueServer(["localhost"]);
  writeFileSync(files.certPath, server.cert);
  writeFileSync(files.keyPath, server.key);
  const limits = { ...context.config, maxBodyBytes: context.config.maxRequestBytes };
  const options = { handler, limits, port: 0, host: "127.0.0.1", onProblem: () => undefined };
  listeners["http"] = await listen(options);
  listeners["https"] = await listen({ ...options, tls: files });
});
afterAll(async () => {
  await Promise.all(Object.values(listeners).map((listener) => listener.drain(0)));
  context.accounts[Symbol.dispose]();
  await catalog[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const urlOf = (scheme: string) => `${scheme}://localhost:${listeners[scheme]?.port}`;

/** How many bytes are answered until the end, on a connection that was used before. */
async function overHttp1(scheme: string, path: string): Promise<number> {
  const options = { ca: authority.cert, keepAlive: true, maxSockets: 1 };
  const agent = scheme === "https" ? new SecureAgent(options) : new AgentInClear(options);
  await get(scheme, "/nothing", agent);
  const count = await get(scheme, path, agent);
  agent.destroy();
  return count;
}

function get(scheme: string, path: string, agent: AgentInClear): Promise<number> {
  const send = scheme === "https" ? requestSecure : requestInClear;
  const sent = send(urlOf(scheme) + path, { agent });
  sent.end();
  return new Promise((resolve, reject) => {
    sent.on("error", reject).on("response", async (response) => {
      let count = 0;
      for await (const bytes of response) {
        count += bytes.length;
      }
      resolve(count);
    });
  });
}

async function overHttp2(scheme: string, path: string): Promise<number> {
  const session = connectHttp2(urlOf(scheme), { ca: authority.cert });
  let count = 0;
  for await (const bytes of session.request({ ":path": path })) {
    count += bytes.length;
  }
  session.close();
  return count;
}

describe.each(["http", "https"])("over %s", (scheme) => {
  describe.each([
    ["HTTP/1.1", overHttp1],
    ["HTTP/2", overHttp2],
  ])("%s", (_version, read) => {
    test.each(["/lines", "/messages"])(
      "all of %s arrives",
      async (path) => {
        expect(await read(scheme, path)).toBe(size);
      },
      20_000,
    );
  });
});
