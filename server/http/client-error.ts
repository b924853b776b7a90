import type { Duplex } from "node:stream";

/**
 * Answers what could not be read as an HTTP/1.1 request, and closes the connection.
 *
 * There is no response object yet at this point, so the answer is written to the socket.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = explain(error.code);
  const body = `${JSON.stringify({ code, message })}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\nconnection: close\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function explain(code: string | undefined): [status: string, code: string, message: string] {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return [
        "431 Request Header Fields Too Large",
        "invalid_argument",
        "The request line and headers are too long; send long requests with POST.",
      ];
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return ["408 Request Timeout", "deadline_exceeded", "The request did not arrive in time."];
    default:
      return [
        "400 Bad Request",
        "invalid_argument",
        "This is not an HTTP/1.1 request; the port speaks HTTP/1.1 and HTTP/2 without TLS.",
      ];
  }
}
