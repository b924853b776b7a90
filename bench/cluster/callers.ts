/** People who search, one call after the other, at servers in turn. */
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";

export type TimedCall = { startMs: number; ms: number; hasFailed: boolean };

export class Callers {
  readonly calls: TimedCall[] = [];
  readonly #over: Promise<unknown>;
  #isOver = false;
  #turn = 0;

  constructor(urls: readonly string[], queries: readonly string[], count: number) {
    const clients = urls.map((url) =>
      createClient(BookService, createGrpcTransport({ baseUrl: url })),
    );
    const call = async (number: number) => {
      for (let round = number; !this.#isOver; round++) {
        const query = queries[this.#turn++ % queries.length] ?? "";
        const startMs = performance.now();
        let hasFailed = false;
        try {
          await clients[round % clients.length]?.searchBooks({ query, pageSize: 10 });
        } catch {
          hasFailed = true;
        }
        this.calls.push({ startMs, ms: performance.now() - startMs, hasFailed });
      }
    };
    this.#over = Promise.all(Array.from({ length: count }, (_, number) => call(number)));
  }

  /** Those that began in a time. */
  between(fromMs: number, toMs: number): TimedCall[] {
    return this.calls.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#over;
  }
}
