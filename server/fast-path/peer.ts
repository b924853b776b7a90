import type { Http2Session } from "node:http2";
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

const peers = new WeakMap<Http2Session, SessionPeer>();

/** The other end of an HTTP/2 session, which is the same for all its streams. */
export function peerOfSession(session: Http2Session | undefined): Peer {
  if (session === undefined) {
    return new SocketPeer(() => undefined);
  }
  const known = peers.get(session);
  if (known !== undefined) {
    return known;
  }
  const peer = new SessionPeer(session);
  peers.set(session, peer);
  return peer;
}

/** Asks a session's socket once: it answers through a proxy, at a microsecond a question. */
class SessionPeer implements Peer {
  readonly address: string;
  readonly port: number | undefined;
  readonly certificate: Peer["certificate"];

  constructor({ socket }: Http2Session) {
    const peer = new SocketPeer(() => socket);
    this.address = peer.address;
    this.port = peer.port;
    this.certificate = peer.certificate;
  }
}
