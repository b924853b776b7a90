import type { IncomingHttpHeaders } from "node:http";

const encodings = ["content-encoding", "connect-content-encoding", "grpc-encoding"];

/**
 * Writes what HTTP lets callers write in many ways in the one that all paths here know: media types
 * and encodings in lower case, media types without parameters (of which UTF-8 is the only charset).
 */
export function normaliseHeaders(headers: IncomingHttpHeaders): void {
  const type = headers["content-type"];
  if (type !== undefined && !plainType.test(type)) {
    headers["content-type"] = normalType(type);
  }
  for (const name of encodings) {
    const value = headers[name];
    if (typeof value === "string") {
      const encoding = normalEncoding(value);
      if (encoding === "") {
        delete headers[name];
      } else {
        headers[name] = encoding;
      }
    }
  }
}

/**
 * Puts all credentials of a request that has several into one header, which is refused: of those Node
 * would take the first, and whoever stands in front may have looked at another one.
 */
export function joinCredentials(headers: IncomingHttpHeaders, rawHeaders: readonly string[]): void {
  if (headers.authorization === undefined) {
    return;
  }
  const credentials = rawHeaders.filter(
    (_, index) =>
      index % 2 === 1 &&
      rawHeaders[index - 1]?.length === "authorization".length &&
      rawHeaders[index - 1]?.toLowerCase() === "authorization",
  );
  if (credentials.length > 1) {
    headers.authorization = credentials.join(", ");
  }
}

/** The name of a compression; "x-gzip" is gzip (RFC 9110, 8.4.1.3), and an empty one is none. */
export function normalEncoding(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower === "x-gzip" ? "gzip" : lower;
}

const plainType = /^[a-z]+\/[a-z.+-]+$/;

/** A media type without parameters; as it is where it names another charset than UTF-8. */
export function normalType(type: string): string {
  const [essence = "", ...parameters] = type.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return isUtf8 ? essence : type;
}
