/** People who search, one call after the other, at servers in turn. */
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";

/** The failure is empty for a call that was answered. */
export type TimedCall = { startMs: number; ms: number; failure: string };

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
        let failure = "";
        try {
          await clients[round % clients.length]?.searchBooks({ query, pageSize: 10 });
        } catch (error) {
          failure = String(error);
        }
        this.calls.push({ startMs, ms: performance.now() - startMs, failure });
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

  /** Each failure once, with how often it was. */
  failures(): string[] {
    const failed = this.calls.filter(({ failure }) => failure !== "");
    const groups = Map.groupBy(failed, ({ failure }) => failure);
    return [...groups].map(([failure, { length }]) => `${length} × ${failure}`);
  }
}
