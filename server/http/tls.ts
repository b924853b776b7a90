/** TLS on the port: certificates from files, read again when they change. */
import { X509Certificate } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Socket } from "node:net";
import { createSecureContext, createServer, type Server, type TLSSocket } from "node:tls";
import type { Connection } from "./connection.ts";

export type TlsFiles = {
  certPath: string;
  keyPath: string;
  /** Of the authorities whose client certificates are trusted; empty if none are asked for. */
  clientCaPath: string;
  /** How often the files are looked at; 2 s by default. */
  pollMs?: number | undefined;
};

export type TlsOptions = {
  files: TlsFiles;
  handshakeTimeoutMs: number;
  /** Hears of a connection whose handshake is done. */
  onSecure: (socket: TLSSocket, connection: Connection) => void;
  onProblem: (problem: string, error?: unknown) => void;
};

/** The files can't be used; the message says which and why. */
export class TlsError extends Error {
  override name = "TlsError";
}

/** Makes connections secure; it does not listen. */
export class Tls {
  readonly #options: TlsOptions;
  readonly #server: Server;
  readonly #polling: NodeJS.Timeout;
  /** By the other end's address, since a secure socket does not say which one it has decrypted. */
  readonly #shakingHands = new Map<string, Connection>();
  #identity: string;

  /** @throws {TlsError} when the files can't be read or don't fit together. */
  constructor(options: TlsOptions) {
    const { files, handshakeTimeoutMs, onSecure, onProblem } = options;
    this.#options = options;
    this.#identity = identityOf(files);
    this.#server = createServer({
      ...readMaterial(files),
      ALPNProtocols: ["h2", "http/1.1"],
      handshakeTimeout: handshakeTimeoutMs,
      requestCert: files.clientCaPath !== "",
      // A client without a certificate may have other proofs, and one with a foreign certificate
      // is told so in its own protocol.
      rejectUnauthorized: false,
    });
    this.#server.on("secureConnection", (socket) => {
      const connection = this.#shakingHands.get(addressOf(socket));
      if (connection === undefined) {
        socket.destroy();
      } else {
        this.#shakingHands.delete(addressOf(socket));
        onSecure(socket, connection);
      }
    });
    this.#server.on("tlsClientError", (error, socket) => {
      onProblem("TLS handshake failed", error);
      socket.destroy();
    });
    this.#polling = setInterval(() => this.#reload(), files.pollMs ?? 2000).unref();
  }

  accept(socket: Socket, connection: Connection): void {
    const address = addressOf(socket);
    this.#shakingHands.set(address, connection);
    socket.once("close", () => this.#shakingHands.delete(address));
    this.#server.emit("connection", socket);
  }

  stop(): void {
    clearInterval(this.#polling);
  }

  /** Open connections keep what they have agreed on; new ones get the new certificate. */
  #reload(): void {
    const { files, onProblem } = this.#options;
    const identity = identityOf(files);
    if (identity === this.#identity) {
      return;
    }
    // Noted first, so that files that don't fit together are complained about once.
    this.#identity = identity;
    try {
      this.#server.setSecureContext(readMaterial(files));
    } catch (error) {
      onProblem("The new certificate can't be used; the old one stays", error);
    }
  }
}

type Material = { cert: Buffer; key: Buffer; ca?: string[] };

function readMaterial({ certPath, keyPath, clientCaPath }: TlsFiles): Material {
  const material: Material = {
    cert: read("BOOKFINDER_TLS_CERT", certPath),
    key: read("BOOKFINDER_TLS_KEY", keyPath),
    ...(clientCaPath === "" ? {} : { ca: readAuthorities(clientCaPath) }),
  };
  try {
    createSecureContext(material);
  } catch (error) {
    throw new TlsError(
      `${certPath} and ${keyPath} are no certificate with its key: ${messageOf(error)}`,
      { cause: error },
    );
  }
  return material;
}

/** The certificates of a file. Node leaves out what it can't read, and would trust nobody in silence. */
function readAuthorities(path: string): string[] {
  const text = read("BOOKFINDER_TLS_CLIENT_CA", path).toString("latin1");
  const blocks = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs) ?? [];
  if (blocks.length === 0) {
    throw new TlsError(`BOOKFINDER_TLS_CLIENT_CA: ${path} has no certificates as PEM`);
  }
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch (error) {
      const problem = `BOOKFINDER_TLS_CLIENT_CA: certificate ${index + 1} in ${path} can't be read`;
      throw new TlsError(`${problem}: ${messageOf(error)}`, { cause: error });
    }
  }
  return blocks;
}

function read(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new TlsError(`${variable} can't be read: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Changes when one of the files does. */
function identityOf({ certPath, keyPath, clientCaPath }: TlsFiles): string {
  return [certPath, keyPath, clientCaPath]
    .map((path) => {
      const stats = path === "" ? undefined : statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? "-" : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
    })
    .join(" ");
}

function addressOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
