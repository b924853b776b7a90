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
