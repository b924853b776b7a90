/** Answers of the catalogue's methods as bytes: kept from before, on their way already, or searched. */
import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { ConnectError } from "@connectrpc/connect";
import type { Call } from "#server/rpc/call.ts";
import type { Codec, EncodedAnswer, EncodedMethod } from "#server/rpc/encoded-method.ts";
import { beforeDeadline, pathOf } from "#server/rpc/unary.ts";
import { AnswerCache } from "./answer-cache.ts";
import type { QueueClient } from "./fair-queue.ts";
import { FrameKind } from "./frames.ts";
import type { AnswerHead, CallHead } from "./messages.ts";
import type { SearchPool } from "./search-pool.ts";
import type { SubmittedTask } from "./search-task.ts";

/** Longer requests are rarely made twice. */
const CACHED_REQUEST_BYTES_MAX = 4096;

export type EncodedAnswersOptions = {
  pool: SearchPool;
  cacheBytes: number;
  maxResponseBytes: number;
  logQueryChars: number;
  ignoreUnknownFields: boolean;
  /** The number of the last write over the catalogue, which makes answers of before old. */
  writtenState?: (() => string) | undefined;
  /** Hears how a request was answered. */
  onAnswer: (source: "cache" | "shared" | "search") => void;
};

type LoggedAnswer = EncodedAnswer & { query: string | undefined; unknownFields: readonly string[] };

/** A search that several callers wait for. */
type Flight = { answer: Promise<LoggedAnswer>; task: SubmittedTask; calls: Set<Call> };

export class EncodedAnswers {
  readonly #options: EncodedAnswersOptions;
  readonly #cache: AnswerCache<LoggedAnswer>;
  readonly #flights = new Map<string, Flight>();
  #revision = "";
  #stateOfTurn: string | undefined;

  constructor(options: EncodedAnswersOptions) {
    this.#options = options;
    this.#cache = new AnswerCache(options.cacheBytes);
  }

  get cacheBytes(): number {
    return this.#cache.sizeBytes;
  }

  get cachedCount(): number {
    return this.#cache.count;
  }

  /** The method, from an encoded request to its encoded answer; what is kept or refused is so at once. */
  method(method: DescMethod): EncodedMethod {
    const path = pathOf(method);
    const isRead = method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
    return (call, codec, request) => {
      const isCached = isRead && request.length <= CACHED_REQUEST_BYTES_MAX;
      const found = isCached
        ? this.#repeated(path, call, codec, request)
        : this.#searched(path, call, codec, request);
      if (found instanceof Promise) {
        return found.then((answer) => noted(answer, call));
      }
      return found instanceof ConnectError ? found : noted(found, call);
    };
  }

  #searched(
    path: string,
    call: Call,
    codec: Codec,
    request: Uint8Array,
  ): Promise<LoggedAnswer> | ConnectError {
    const refusal = this.#refuse(path, call, request);
    if (refusal !== undefined) {
      return refusal;
    }
    const task = this.#submit(path, codec, request, call, () => call.remainingMs());
    call.whenOver(() => task.callOff());
    return beforeDeadline(this.#found(task), call);
  }

  #repeated(
    path: string,
    call: Call,
    codec: Codec,
    request: Uint8Array,
  ): Promise<LoggedAnswer> | LoggedAnswer | ConnectError {
    const { onAnswer } = this.#options;
    const revision = this.#revisionNow();
    if (revision !== this.#revision) {
      this.#revision = revision;
      this.#cache.clear();
    }
    // Requests are compared byte by byte; what means the same but is written otherwise is searched.
    const key = `${revision} ${path} ${codec} ${Buffer.from(request).toString("latin1")}`;
    const kept = this.#cache.get(key);
    if (kept !== undefined) {
      onAnswer("cache");
      return kept;
    }
    const begun = this.#flights.get(key);
    const refusal = begun === undefined ? this.#refuse(path, call, request) : undefined;
    if (refusal !== undefined) {
      return refusal;
    }
    const flight = begun ?? this.#start(key, path, codec, request, call);
    if (flight.calls.size > 0) {
      onAnswer("shared");
    }
    flight.calls.add(call);
    call.whenOver(() => {
      flight.calls.delete(call);
      if (flight.calls.size === 0) {
        flight.task.callOff();
      }
    });
    return beforeDeadline(flight.answer, call);
  }

  /** Of the catalogue and what was written over it. */
  #revisionNow(): string {
    return `${this.#options.pool.workers.revision}+${this.#writtenState()}`;
  }

  /**
   * Read from the database once for all calls that begin in the same turn of the event loop: whoever
   * wrote in between has no answer yet.
   */
  #writtenState(): string {
    if (this.#stateOfTurn === undefined) {
      this.#stateOfTurn = this.#options.writtenState?.() ?? "";
      setImmediate(() => {
        this.#stateOfTurn = undefined;
      });
    }
    return this.#stateOfTurn;
  }

  #start(key: string, path: string, codec: Codec, request: Uint8Array, first: Call): Flight {
    const calls = new Set<Call>();
    const task = this.#submit(path, codec, request, first, () => longest(calls));
    const answer = this.#found(task).then(
      (found) => {
        this.#flights.delete(key);
        const isLasting =
          found !== undefined && !/no-store/.test(found.headers["cache-control"] ?? "");
        if (isLasting && key.startsWith(`${this.#revisionNow()} `)) {
          this.#cache.set(key, found);
        }
        return found;
      },
      (error: unknown) => {
        this.#flights.delete(key);
        throw error;
      },
    );
    // Nobody may be left to hear of it.
    answer.catch(() => {});
    const flight: Flight = { answer, task, calls };
    this.#flights.set(key, flight);
    return flight;
  }

  #submit(
    path: string,
    codec: Codec,
    request: Uint8Array,
    call: Call,
    remainingMs: () => number | undefined,
  ): SubmittedTask {
    const { pool, onAnswer, ...settings } = this.#options;
    onAnswer("search");
    return pool.submit({
      client: queueClient(call),
      method: path,
      kind: FrameKind.call,
      head: (generation, remaining) =>
        JSON.stringify({
          generation,
          path,
          codec,
          remainingMs: remaining,
          maxResponseBytes: settings.maxResponseBytes,
          logQueryChars: settings.logQueryChars,
          ignoreUnknownFields: settings.ignoreUnknownFields,
        } satisfies CallHead),
      body: request,
      remainingMs,
    });
  }

  /** Before anything is made for a search that would be refused: under overload that is most calls. */
  #refuse(path: string, call: Call, request: Uint8Array): ConnectError | undefined {
    const client = queueClient(call);
    const remainingMs = call.remainingMs();
    return this.#options.pool.refuse({ client, method: path, body: request }, remainingMs);
  }

  async #found({ answer }: SubmittedTask): Promise<LoggedAnswer> {
    const { head, body } = await answer;
    // What the worker writes is what `messages.ts` says.
    const parsed = JSON.parse(head) as AnswerHead;
    const { headers = {}, isCompressed = false, query, unknownFields = [] } = parsed;
    return { body, headers, isCompressed, query, unknownFields };
  }
}

/** As whom a call waits: one client, and within it the connection. */
function queueClient({ client, peer }: Call): QueueClient {
  return { address: client, connection: String(peer.port ?? 0) };
}

/** The answer, when the call knows what its log line and its caller are told of the request. */
function noted(answer: LoggedAnswer, call: Call): LoggedAnswer {
  if (answer.query !== undefined) {
    call.record.query = answer.query;
  }
  call.unknownFields.push(...answer.unknownFields);
  return answer;
}

/** The time that the most patient of them leaves; undefined if one of them waits for any. */
function longest(calls: ReadonlySet<Call>): number | undefined {
  let longestMs = 0;
  for (const call of calls) {
    const remainingMs = call.remainingMs();
    if (remainingMs === undefined) {
      return undefined;
    }
    longestMs = Math.max(longestMs, remainingMs);
  }
  return calls.size === 0 ? undefined : longestMs;
}
