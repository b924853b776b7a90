/** One node of a cluster: its connections, and whether calls are sent to it at the moment. */
import { Client, errors } from "@opensearch-project/opensearch";
import type { ClusterAddress } from "./cluster-address.ts";
import { wayOutOfAnswer, wayOutOfConnection } from "./node-problems.ts";

/** What a node is asked. Lines are sent as newline-delimited JSON. */
export type NodeRequest = {
  method: "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
  path: string;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: object | string;
  lines?: readonly object[] | string;
};

/** A node that answered late or not at all is left alone for so long, then looked at. */
const PAUSE_MS = 1_000;
const PROBE_TIMEOUT_MS = 500;
const MAX_SOCKETS = 64;
/** Characters of what a node says is wrong. */
const MAX_REASON = 500;

/**
 * What the system says where there was no connection to send anything over, or none that is trusted:
 * Node sends nothing before it has checked a certificate.
 */
const UNSENT =
  /\b(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPROTO|certificate|unable to (?:get|verify))\b/;

/** A node that lost the one which it passed the request on to says so with status 500. */
const CUT_OFF: ReadonlySet<string> = new Set([
  "node_not_connected_exception",
  "node_disconnected_exception",
  "node_closed_exception",
  "connect_transport_exception",
  "send_request_transport_exception",
  "receive_timeout_transport_exception",
]);

/** How a request to one node ended without an answer. */
export class NodeError extends Error {
  override name = "NodeError";
  /** The HTTP status; 0 if there was no answer. */
  readonly status: number;
  /** The type of the error in the answer ("index_not_found_exception"); empty if it names none. */
  readonly type: string;

  constructor(message: string, { status = 0, type = "" }: { status?: number; type?: string } = {}) {
    super(sentences(message, wayOutOfAnswer({ status, type })));
    this.status = status;
    this.type = type;
  }

  /** True if the request never left: nothing listens there, or somebody who is not trusted. */
  get isUnsent(): boolean {
    return this.status === 0 && UNSENT.test(this.message);
  }

  /** True if the user may not do that, or is none: no other node will do it, and no later one. */
  get isRefusal(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** True if another node, or the same one later, may well answer. */
  get isTransient(): boolean {
    const isOfOthers = this.status === 500 && CUT_OFF.has(this.type);
    return this.status === 0 || this.status === 429 || this.status >= 502 || isOfOthers;
  }
}

export class ClusterNode {
  readonly url: string;
  readonly #client: Client;
  #callCount = 0;
  #probing: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string, auth: ClusterAddress["auth"]) {
    this.url = url;
    this.#client = new Client({
      node: url,
      // Which node is asked, when and how often is decided by the cluster (cluster.ts).
      maxRetries: 0,
      resurrectStrategy: "none",
      agent: { keepAlive: true, maxSockets: MAX_SOCKETS },
      ...(auth === undefined ? {} : { auth }),
    });
  }

  /** Requests that it has not answered yet. */
  get callCount(): number {
    return this.#callCount;
  }

  /** True while it is left alone because it was slow or silent. */
  get isPaused(): boolean {
    return this.#probing !== undefined;
  }

  /**
   * Asks once.
   * @throws {NodeError} if there is no answer in time, or one that says no.
   * @throws the reason of the signal once that is aborted.
   */
  async ask(request: NodeRequest, timeoutMs: number, signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted();
    const { method, path, query, body, lines } = request;
    const call = this.#client.transport.request(
      {
        method,
        path,
        ...(query === undefined ? {} : { querystring: { ...query } }),
        ...(body === undefined ? {} : { body }),
        ...(lines === undefined
          ? {}
          : { bulkBody: typeof lines === "string" ? lines : [...lines] }),
      },
      { requestTimeout: Math.max(1, Math.ceil(timeoutMs)), maxRetries: 0 },
    );
    // Without its value, which is a promise that is rejected.
    const abort = (): void => {
      call.abort();
    };
    signal?.addEventListener("abort", abort, { once: true });
    this.#callCount += 1;
    try {
      const { body: answer } = await call;
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      throw this.#explain(error, request);
    } finally {
      this.#callCount -= 1;
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Leaves the node alone until it answers again. */
  pause(): void {
    if (this.#probing !== undefined || this.#isClosed) {
      return;
    }
    this.#probing = setTimeout(() => void this.#probe(), PAUSE_MS).unref();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#probing);
    await this.#client.close();
  }

  /**
   * Looks at it, and again a moment later: one that was frozen answers at once, with what it had before it
   * was left out, until it has noticed that.
   */
  async #probe(hasAnswered = false): Promise<void> {
    let answers = false;
    try {
      // Of the local copy: the cluster calls itself green while a node is frozen.
      const query = { local: true };
      await this.ask({ method: "GET", path: "/_cluster/health", query }, PROBE_TIMEOUT_MS);
      answers = true;
    } catch (error) {
      // One that refuses the question is there; another one is looked at again.
      answers = error instanceof NodeError && error.isRefusal;
    }
    this.#probing =
      this.#isClosed || (answers && hasAnswered)
        ? undefined
        : setTimeout(() => void this.#probe(answers), PAUSE_MS).unref();
  }

  /** The client's errors carry the whole request: only what they say is passed on. */
  #explain(error: unknown, { method, path }: NodeRequest): unknown {
    if (error instanceof errors.ResponseError) {
      const { statusCode } = error;
      const { type, reason } = reasonOf(error.body);
      const said = [type, reason].filter((part) => part !== "").join(": ");
      const message = `${this.url} answered ${method} ${path} with ${[statusCode, said].join(" ").trim()}`;
      return new NodeError(message, { status: statusCode, type });
    }
    if (error instanceof errors.OpenSearchClientError) {
      const message = `${this.url} did not answer ${method} ${path}: ${error.message}`;
      return new NodeError(sentences(message, wayOutOfConnection(this.url, error.message)));
    }
    return error;
  }
}

/** What an answer says is wrong: as OpenSearch does, or as words of a plugin or a proxy. */
function reasonOf(body: unknown): { type: string; reason: string } {
  const cause = typeof body === "string" ? body : Object(body)?.error;
  const type = typeof cause?.type === "string" ? cause.type : "";
  const reason = typeof cause?.reason === "string" ? cause.reason : String(cause ?? "");
  return { type, reason: reason.trim().slice(0, MAX_REASON) };
}

function sentences(problem: string, wayOut: string): string {
  return wayOut === "" ? problem : `${problem}. ${wayOut.replace(/\.$/, "")}`;
}
