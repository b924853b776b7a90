import type { Socket } from "node:net";
import type { Peer } from "#server/rpc/principal.ts";

/** The other end of a socket, asked for what it knows only when somebody wants to know. */
export class SocketPeer implements Peer {
  readonly #socket: () => Socket | undefined;

  constructor(socket: () => Socket | undefined) {
    this.#socket = socket;
  }

  get address(): string {
    return this.#socket()?.remoteAddress ?? "";
  }
}
