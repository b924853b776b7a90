import { BlockList, isIP } from "node:net";
import type { Call } from "./call.ts";

/** Longer chains are nobody's; what is further left in the header is made up by callers, anyway. */
const PROXIES_MAX = 20;

/**
 * For whom a call is made. A proxy appends the address it was asked from to `x-forwarded-for`; only
 * what trusted proxies have appended is believed, from the right until the first stranger.
 */
export class TrustedProxies {
  readonly #networks = new BlockList();
  readonly #isEmpty: boolean;

  /** @param networks - Addresses ("10.0.0.7") and networks ("10.0.0.0/8"). */
  constructor(networks: readonly string[]) {
    this.#isEmpty = networks.length === 0;
    for (const network of networks) {
      const [address = "", prefix] = network.split("/");
      const family = familyOf(address);
      if (prefix === undefined) {
        this.#networks.addAddress(address, family);
      } else {
        this.#networks.addSubnet(address, Number(prefix), family);
      }
    }
  }

  /** Notes where the caller is, if a proxy says so. */
  note(call: Call): void {
    if (!this.#isEmpty) {
      call.clientAddress = this.clientOf(call.peer.address, call.headers["x-forwarded-for"]);
    }
  }

  /** The client of a request from that address with that header. */
  clientOf(peerAddress: string, forwardedFor: string | string[] | undefined): string {
    const hops = String(forwardedFor ?? "")
      .split(",")
      .slice(-PROXIES_MAX);
    let client = peerAddress;
    while (this.#isTrusted(client)) {
      const hop = addressIn(hops.pop() ?? "");
      if (hop === undefined) {
        break;
      }
      client = hop;
    }
    return client;
  }

  #isTrusted(address: string): boolean {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
    return isIP(plain) !== 0 && this.#networks.check(plain, familyOf(plain));
  }
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** The address of a hop, which some proxies write with a port; undefined if it is none. */
function addressIn(hop: string): string | undefined {
  const text = hop.trim();
  const address = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return isIP(address) === 0 ? undefined : address;
}
