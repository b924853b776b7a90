/**
 * All connections of the port: how many there are, what they hold in memory, and who has to leave.
 *
 * A limit that is reached costs the client that uses most of it: a newcomer takes the place of a
 * connection that only waits, and too much memory is freed where most of it is held.
 */
import type { Socket } from "node:net";
import { networkOf } from "#server/accounts/network-of.ts";
import { Connection, type ConnectionLimits } from "./connection.ts";

export type ConnectionsLimits = ConnectionLimits & {
  maxConnections: number;
  /** Of unfinished requests and unread answers: of one connection, of one client, of all. */
  maxHeldBytesPerConnection: number;
  maxHeldBytesPerClient: number;
  maxHeldBytes: number;
};

/** Deadlines are looked at so often; they may be missed by as much. */
const SWEEP_MS = 500;

/** A connection that was just opened is about to ask for something. */
const NEWCOMER_MS = 1000;

export class Connections {
  readonly limits: ConnectionsLimits;
  readonly #onProblem: (problem: string) => void;
  readonly #all = new Set<Connection>();
  readonly #bySocket = new WeakMap<Socket, Connection>();
  readonly #byClient = new Map<string, Set<Connection>>();
  readonly #heldByClient = new Map<string, number>();
  readonly #sweeping: NodeJS.Timeout;
  #heldBytes = 0;
  #isFreeing = false;

  constructor(limits: ConnectionsLimits, onProblem: (problem: string) => void) {
    this.limits = limits;
    this.#onProblem = onProblem;
    const sweepMs = Math.min(SWEEP_MS, limits.headersTimeoutMs / 2, limits.idleTimeoutMs / 2);
    this.#sweeping = setInterval(() => this.#sweep(), sweepMs).unref();
  }

  get count(): number {
    return this.#all.size;
  }

  /** Upper bound of what all requests hold. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.#all.values();
  }

  /** Takes a new connection in; undefined if there is no place, and then it is destroyed. */
  add(socket: Socket): Connection | undefined {
    const { maxConnections } = this.limits;
    if (this.count >= maxConnections && !this.#makePlace()) {
      this.#onProblem(`More than ${maxConnections} connections: one refused`);
      socket.destroy();
      return undefined;
    }
    const client = networkOf(socket.remoteAddress ?? "");
    const connection = new Connection(socket, client, {
      limits: this.limits,
      onHeld: (held, changeBytes) => this.#onHeld(held, changeBytes),
      onProblem: this.#onProblem,
    });
    this.#all.add(connection);
    this.#bySocket.set(socket, connection);
    const ofClient = this.#byClient.get(client) ?? new Set();
    this.#byClient.set(client, ofClient.add(connection));
    socket.once("close", () => this.#remove(connection));
    return connection;
  }

  /** Puts another socket in the place of the one that was accepted: what TLS has decrypted. */
  adopt(connection: Connection, socket: Socket): void {
    connection.socket = socket;
    this.#bySocket.set(socket, connection);
  }

  /** The connection that requests of this socket belong to. */
  of(socket: Socket): Connection | undefined {
    return this.#bySocket.get(socket);
  }

  /** Cuts all of them; returns how many there were. */
  destroyAll(): number {
    const count = this.count;
    for (const connection of [...this.#all]) {
      connection.destroy();
    }
    return count;
  }

  stop(): void {
    clearInterval(this.#sweeping);
  }

  #remove(connection: Connection): void {
    this.#all.delete(connection);
    const ofClient = this.#byClient.get(connection.client);
    ofClient?.delete(connection);
    for (const request of [...connection.requests]) {
      connection.end(request);
    }
    if (ofClient?.size === 0) {
      this.#byClient.delete(connection.client);
      this.#heldByClient.delete(connection.client);
    }
  }

  /** Ends the connection that has waited longest of the client that has most; one without an answer first. */
  #makePlace(): boolean {
    const nowMs = performance.now();
    const waiting = (connections: Iterable<Connection>) => {
      let longest: Connection | undefined;
      for (const each of connections) {
        const isCandidate = each.isWaiting(nowMs) && !each.socket.destroyed;
        if (isCandidate && (!longest || isWorthLess(each, longest, nowMs))) {
          longest = each;
        }
      }
      return longest;
    };
    const victim = waiting(this.#largestClient()) ?? waiting(this.#all);
    if (victim === undefined) {
      return false;
    }
    this.#onProblem(
      `More than ${this.limits.maxConnections} connections: one that only waited is closed`,
    );
    victim.destroy();
    // It has been told; that its socket closes is a matter of a moment.
    this.#all.delete(victim);
    return true;
  }

  #largestClient(): Iterable<Connection> {
    let largest: Set<Connection> = new Set();
    for (const each of this.#byClient.values()) {
      if (each.size > largest.size) {
        largest = each;
      }
    }
    return largest;
  }

  #onHeld(connection: Connection, changeBytes: number): void {
    this.#heldBytes += changeBytes;
    const ofClient = (this.#heldByClient.get(connection.client) ?? 0) + changeBytes;
    this.#heldByClient.set(connection.client, ofClient);
    // To free memory changes what is held, too.
    if (changeBytes > 0 && !this.#isFreeing) {
      this.#isFreeing = true;
      this.#freeMemory(connection);
      this.#isFreeing = false;
    }
  }

  #freeMemory(connection: Connection): void {
    const { maxHeldBytesPerConnection, maxHeldBytesPerClient, maxHeldBytes } = this.limits;
    if (connection.heldBytes > maxHeldBytesPerConnection) {
      connection.recount();
      if (connection.heldBytes > maxHeldBytesPerConnection) {
        this.#cut(connection, "one connection");
      }
    }
    const heldByClient = () => this.#heldByClient.get(connection.client) ?? 0;
    if (heldByClient() > maxHeldBytesPerClient) {
      this.#cutLargest(
        this.#byClient.get(connection.client) ?? [],
        "one client",
        () => heldByClient() > maxHeldBytesPerClient,
      );
    }
    if (this.#heldBytes > maxHeldBytes) {
      this.#cutLargest(this.#all, "all clients", () => this.#heldBytes > maxHeldBytes);
    }
  }

  #cutLargest(connections: Iterable<Connection>, whose: string, isTooMuch: () => boolean): void {
    const all = [...connections];
    for (const each of all) {
      each.recount();
    }
    const bySize = all.toSorted((one, other) => other.heldBytes - one.heldBytes);
    for (const each of bySize) {
      if (!isTooMuch()) {
        return;
      }
      this.#cut(each, whose);
    }
  }

  #cut(connection: Connection, whose: string): void {
    this.#onProblem(`Unfinished requests and unread answers of ${whose} hold too much memory`);
    connection.destroy();
    for (const request of [...connection.requests]) {
      connection.end(request);
    }
  }

  #sweep(): void {
    const nowMs = performance.now();
    for (const connection of this.#all) {
      connection.sweep(nowMs);
    }
  }
}

function isWorthLess(one: Connection, other: Connection, nowMs: number): boolean {
  const difference = worthOf(one, nowMs) - worthOf(other, nowMs);
  return difference === 0 ? one.lastActiveMs < other.lastActiveMs : difference < 0;
}

/** One that never had an answer is worth least, but a newcomer has a moment to ask for one. */
function worthOf({ hasServed, lastActiveMs, hasBegun }: Connection, nowMs: number): number {
  const isNew = !hasBegun && nowMs - lastActiveMs < NEWCOMER_MS;
  return isNew ? 2 : hasServed ? 1 : 0;
}
