/**
 * An address, or of IPv6 the network that one subscriber is given: who is counted together when
 * something is counted by address.
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) {
    return address;
  }
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (!plain.includes(":")) {
    return plain;
  }
  const [head = "", tail] = plain.toLowerCase().split("::");
  const first = head.split(":").filter((group) => group !== "");
  const last = (tail ?? "").split(":").filter((group) => group !== "");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(zeros).fill("0"), ...last];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
