/** What the server counts, for Prometheus. */
import type { Code } from "@connectrpc/connect";
import { codeToString } from "@connectrpc/connect/protocol-connect";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Call } from "#server/rpc/call.ts";
import { toConnectError } from "#server/rpc/errors.ts";
import { pathOf } from "#server/rpc/unary.ts";

/** In seconds: from a cached answer to a search that is late. */
const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

/** Readings that others keep, asked for when somebody looks. */
export type Gauges = {
  connections: () => number;
  heldBytes: () => number;
  waitingSearches: () => number;
  readyWorkers: () => number;
  cachedAnswers: () => number;
  cachedBytes: () => number;
};

export class Metrics {
  readonly registry: Registry = new Registry();
  readonly #calls: Histogram<"method" | "protocol" | "code">;
  readonly #callLabels = new Map<string, Record<"method" | "protocol" | "code", string>>();
  readonly #searches: Histogram<"method">;
  readonly #waits: Histogram;
  readonly answers: Counter<"source">;
  readonly shed: Counter<"reason">;
  readonly lostWorkers: Counter;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#calls = new Histogram({
      name: "bookfinder_call_seconds",
      help: "Time from a call's headers to its end, by method, protocol and code.",
      labelNames: ["method", "protocol", "code"],
      buckets: SECONDS,
      registers,
    });
    this.#searches = new Histogram({
      name: "bookfinder_search_seconds",
      help: "Time that a search process works on a call.",
      labelNames: ["method"],
      buckets: SECONDS,
      registers,
    });
    this.#waits = new Histogram({
      name: "bookfinder_queue_wait_seconds",
      help: "Time that a call waits for a search process.",
      buckets: SECONDS,
      registers,
    });
    this.answers = new Counter({
      name: "bookfinder_answers_total",
      help: "Answers by where they came from: kept in the cache, shared with a caller who asked the same at the same time, or searched.",
      labelNames: ["source"],
      registers,
    });
    this.shed = new Counter({
      name: "bookfinder_shed_total",
      help: "Calls refused because they would have waited too long, or longer than their callers.",
      labelNames: ["reason"],
      registers,
    });
    this.lostWorkers = new Counter({
      name: "bookfinder_lost_workers_total",
      help: "Search processes that ended and were replaced.",
      registers,
    });
  }

  /** A step of the call pipeline: measures the call until it is over. */
  readonly observe = (call: Call): void => {
    call.whenOver(() => {
      const { error, startMs } = call.record;
      const code = error === undefined ? undefined : toConnectError(error).code;
      const labels = this.#labelsOf(pathOf(call.method), call.protocol, code);
      this.#calls.observe(labels, (performance.now() - startMs) / 1000);
    });
  };

  /** Made once for each kind of call: to write a code's name costs as much as to count the call. */
  #labelsOf(method: string, protocol: string, code: Code | undefined) {
    const key = `${method} ${protocol} ${code}`;
    const known = this.#callLabels.get(key);
    if (known !== undefined) {
      return known;
    }
    const labels = { method, protocol, code: code === undefined ? "ok" : codeToString(code) };
    this.#callLabels.set(key, labels);
    return labels;
  }

  onSearch(method: string, ms: number, waitedMs: number): void {
    this.#searches.observe({ method }, ms / 1000);
    this.#waits.observe(Math.max(0, waitedMs) / 1000);
  }

  /** Adds readings that others keep. */
  addGauges(gauges: Gauges): void {
    const all: [name: string, help: string, read: () => number][] = [
      ["connections", "Open connections.", gauges.connections],
      ["held_bytes", "Bytes of unfinished requests and unread answers, at most.", gauges.heldBytes],
      ["waiting_searches", "Calls that wait for a search process.", gauges.waitingSearches],
      ["ready_workers", "Search processes that can answer.", gauges.readyWorkers],
      ["cached_answers", "Answers in the cache.", gauges.cachedAnswers],
      ["cached_bytes", "Bytes of the answers in the cache.", gauges.cachedBytes],
    ];
    for (const [name, help, read] of all) {
      const gauge: Gauge = new Gauge({
        name: `bookfinder_${name}`,
        help,
        registers: [this.registry],
        collect: () => gauge.set(read()),
      });
    }
  }
}
