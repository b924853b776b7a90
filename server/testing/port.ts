import { connect as connectHttp2 } from "node:http2";
import { onTestFinished } from "vitest";
import type { HttpHandler } from "#server/http/handler.ts";
import { type ListenLimits, type ListenOptions, listen } from "#server/http/listen.ts";

const limits: ListenLimits = {
  maxConnections: 100,
  maxStreams: 10,
  maxHeaderBytes: 16_384,
  maxBodyBytes: 1 << 20,
  headersTimeoutMs: 5000,
  requestTimeoutMs: 5000,
  idleTimeoutMs: 5000,
  writeTimeoutMs: 5000,
  maxHeldBytesPerConnection: 8 << 20,
  maxHeldBytesPerClient: 16 << 20,
  maxHeldBytes: 32 << 20,
};

/** Answers with the version of HTTP, the method and the size of the body. */
const echo: HttpHandler = (request, response) => {
  let sizeBytes = 0;
  request.on("data", (chunk: Buffer) => {
    sizeBytes += chunk.length;
  });
  request.on("end", () => {
    response.writeHead(200);
    response.end(Buffer.from(`${request.httpVersion} ${request.method} ${sizeBytes}`));
  });
};

/** A port that echoes, or is handled otherwise; it closes with the test. */
export async function startPort(
  options: Partial<ListenLimits> &
    Partial<Pick<ListenOptions, "handler" | "tls" | "isStream">> = {},
) {
  const problems: string[] = [];
  const { handler = echo, tls, isStream, ...limitsGiven } = options;
  const listener = await listen({
    handler,
    tls,
    isStream,
    limits: { ...limits, ...limitsGiven },
    port: 0,
    host: "127.0.0.1",
    onProblem: (problem) => problems.push(problem),
  });
  onTestFinished(async () => void (await listener.drain(0)));
  return { ...listener, problems };
}

/** An HTTP/2 connection, closed with the test. */
export function openHttp2(port: number) {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  session.on("error", () => {});
  onTestFinished(() => session.destroy());
  return session;
}

/** The text that a GET over this connection is answered with. */
export async function getHttp2(session: ReturnType<typeof openHttp2>): Promise<string> {
  const stream = session.request({ ":path": "/" });
  let text = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    text += chunk;
  }
  return text;
}
