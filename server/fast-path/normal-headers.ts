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
      headers[name] = value.trim().toLowerCase();
    }
  }
}

const plainType = /^[a-z]+\/[a-z.+-]+$/;

function normalType(type: string): string {
  const [essence = "", ...parameters] = type.split(";").map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return isUtf8 ? essence : type;
}
