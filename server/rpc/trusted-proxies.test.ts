import { describe, expect, test } from "vitest";
import { TrustedProxies } from "./trusted-proxies.ts";

describe("the client of a request", () => {
  test.each([
    [
      "is the peer, whatever it says, if that is no proxy of ours",
      "192.0.2.1",
      "203.0.113.9",
      "192.0.2.1",
    ],
    ["is whom a trusted proxy names", "10.0.0.7", "203.0.113.9", "203.0.113.9"],
    ["is the proxy, if it names nobody", "10.0.0.7", undefined, "10.0.0.7"],
    [
      "is the last stranger in a chain",
      "10.0.0.7",
      "198.51.100.1, 203.0.113.9, 10.2.0.1",
      "203.0.113.9",
    ],
    ["is never what a stranger has written", "10.0.0.7", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
    ["may come with a port", "10.0.0.7", "203.0.113.9:4711", "203.0.113.9"],
    ["may be of IPv6, with brackets and port", "fd00::1", "[2001:db8::1]:4711", "2001:db8::1"],
    ["is the last proxy, where the header is nonsense", "10.0.0.7", "unknown", "10.0.0.7"],
    ["is found behind a socket of both families", "::ffff:10.0.0.7", "203.0.113.9", "203.0.113.9"],
  ])("%s", (_name, peer, header, client) => {
    const proxies = new TrustedProxies(["10.0.0.0/8", "fd00::/8"]);
    expect(proxies.clientOf(peer, header)).toBe(client);
  });

  test("is the peer where no proxies are trusted", () => {
    expect(new TrustedProxies([]).clientOf("127.0.0.1", "203.0.113.9")).toBe("127.0.0.1");
  });

  test("of a header without end is looked for in its end only", () => {
    const header = `203.0.113.9, ${"10.0.0.1, ".repeat(100_000)}10.0.0.2`;
    expect(new TrustedProxies(["10.0.0.0/8"]).clientOf("10.0.0.7", header)).toBe("10.0.0.1");
  });
});
