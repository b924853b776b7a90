import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
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

  get port(): number | undefined {
    return this.#socket()?.remotePort;
  }

  get certificate(): Peer["certificate"] {
    const socket = this.#socket();
    const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
    return socket instanceof TLSSocket && shown !== undefined
      ? { isTrusted: socket.authorized, subject: shown.subject }
      : undefined;
  }
}
