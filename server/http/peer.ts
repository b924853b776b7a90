import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/** The other end of a connection. */
export type Peer = {
  /** Its IP address; empty if the connection is gone. */
  address: string;
  /** What a client of mutual TLS has shown; undefined if it has shown nothing. */
  certificate?: {
    /** Whether one of the authorities that are configured has signed it. */
    isTrusted: boolean;
    /** The distinguished name, an attribute per line ("CN=…\nO=…"). */
    subject: string;
  };
};

/** Says who is at the other end. */
export function peerOf(socket: Pick<Socket, "remoteAddress">): Peer {
  const address = socket.remoteAddress ?? "";
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (certificate === undefined || !(socket instanceof TLSSocket)) {
    return { address };
  }
  return {
    address,
    certificate: { isTrusted: socket.authorized, subject: certificate.subject },
  };
}
