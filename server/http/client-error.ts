/** Answers to what is no request, before anything of the application is asked. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { IncomingHttpHeaders, ServerHttp2Stream } from "node:http2";
import type { Duplex } from "node:stream";

const TOO_LONG =
  "The request line and headers are too long; send long requests with POST, and fewer headers.";

/**
 * Answers what could not be read as an HTTP/1.1 request, and closes the connection.
 *
 * There is no response object yet at this point, so the answer is written to the socket.
 */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  port: { hasTls: boolean },
): void {
  if (error.code === "ECONNRESET" || error.code === "EPIPE" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = explain(error.code, port.hasTls);
  const body = `${JSON.stringify({ code, message })}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\nconnection: close\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function explain(
  code: string | undefined,
  hasTls: boolean,
): [status: string, code: string, message: string] {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return ["431 Request Header Fields Too Large", "invalid_argument", TOO_LONG];
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return ["408 Request Timeout", "deadline_exceeded", "The request did not arrive in time."];
    default:
      return [
        "400 Bad Request",
        "invalid_argument",
        `This is not an HTTP/1.1 request; the port speaks HTTP/1.1 and HTTP/2 ${hasTls ? "over" : "without"} TLS.`,
      ];
  }
}

/** Refuses an HTTP/2 request whose headers are longer than HTTP/1.1 takes them. */
export function refuseLongHeaders(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const type = headers["content-type"];
  if (type?.startsWith("application/grpc")) {
    const grpc = { "content-type": type, "grpc-status": "8", "grpc-message": TOO_LONG };
    stream.respond({ ":status": 200, ...grpc }, { endStream: true });
  } else {
    stream.respond({ ":status": 431, "content-type": "application/json" });
    stream.end(`${JSON.stringify({ code: "invalid_argument", message: TOO_LONG })}\n`);
  }
  // Whatever follows is neither read nor waited for.
  stream.resume();
}

/** Sends a browser that came in clear to the same page over TLS, and says so to everybody else. */
export function refuseCleartext(request: IncomingMessage, response: ServerResponse): void {
  const host = request.headers.host;
  const target = `https://${host}${request.url}`;
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && request.url?.startsWith("/") && URL.canParse(target)) {
    response.writeHead(308, { location: target, connection: "close", "content-length": 0 });
    response.end();
    return;
  }
  const message = `This port speaks TLS; call https://${host ?? "…"}`;
  const body = `${JSON.stringify({ code: "failed_precondition", message })}\n`;
  response.writeHead(426, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    connection: "close, upgrade",
    upgrade: "TLS/1.2, HTTP/1.1",
  });
  response.end(body);
}

/** Empty SETTINGS, then GOAWAY with INADEQUATE_SECURITY and a reason that clients show. */
export function cleartextGoaway(): Buffer {
  const reason = Buffer.from("this port speaks TLS");
  const frame = Buffer.alloc(9 + 9 + 8);
  frame[9 + 2] = 8 + reason.length;
  frame[9 + 3] = 0x07;
  frame[frame.length - 1] = 0x0c;
  frame[3] = 0x04;
  return Buffer.concat([frame, reason]);
}
