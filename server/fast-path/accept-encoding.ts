/** Smaller answers are not worth compressing; the same as Connect's own. */
export const COMPRESS_BYTES_MIN = 1024;
/** Half the time of zlib's default for a few percent more bytes. */
export const COMPRESS_LEVEL = 4;

/** True if an Accept-Encoding header lists the encoding without forbidding it. */
export function acceptsEncoding(
  acceptEncoding: string | string[] | undefined,
  encoding: "br" | "gzip",
): boolean {
  const accepted = String(acceptEncoding ?? "");
  return accepted.split(",").some((part) => {
    const [name, ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    return name === encoding && !parameters.some((text) => /^q=0(\.0*)?$/.test(text));
  });
}
