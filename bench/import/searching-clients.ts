/** Clients that search over the network without a pause and judge what they get. */
import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { marksIn } from "./marked-dumps.ts";

/** Long enough to leave the import half of the processors, short enough to meet every swap. */
const pauseMs = 10;
const examplesKept = 5;

export class SearchingClients {
  requests = 0;
  /** Calls that ended with an error. */
  readonly failures: string[] = [];
  /** Answers with books of two imports, or of an older one than this client saw before. */
  readonly mixtures: string[] = [];
  #latenciesMs: number[] = [];
  #isOver = false;
  /** The mark each client saw last. */
  readonly #seen: string[];
  readonly #clients: Promise<void>[];

  /** Half of the clients speak Connect with JSON over kept HTTP/1.1 connections, half gRPC over h2c. */
  constructor(url: string, count: number, titles: readonly string[]) {
    this.#seen = new Array<string>(count).fill("");
    this.#clients = this.#seen.map((_, number) => {
      const transport =
        number % 2 === 0
          ? createConnectTransport({
              baseUrl: url,
              httpVersion: "1.1",
              useBinaryFormat: false,
              nodeOptions: { agent: new Agent({ keepAlive: true, maxSockets: 1 }) },
            })
          : createGrpcTransport({ baseUrl: url });
      return this.#run(number, createClient(BookService, transport), titles);
    });
  }

  /** Marks that the clients saw last, each once. */
  get marks(): string[] {
    return [...new Set(this.#seen)];
  }

  /** Milliseconds of the calls since this was last asked, in ascending order. */
  takeLatencies(): number[] {
    const taken = this.#latenciesMs.toSorted((a, b) => a - b);
    this.#latenciesMs = [];
    return taken;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#clients);
  }

  async #run(number: number, client: Client<typeof BookService>, titles: readonly string[]) {
    for (let turn = number; !this.#isOver; turn += 7) {
      const query = titles[turn % titles.length] ?? "";
      const begin = performance.now();
      try {
        const answer = await client.searchBooks({ query, pageSize: 10 });
        this.#latenciesMs.push(performance.now() - begin);
        this.#judge(number, JSON.stringify(answer, jsonValue));
      } catch (error) {
        this.#note(this.failures, `${query}: ${error}`);
      }
      this.requests += 1;
      await sleep(pauseMs);
    }
  }

  #judge(number: number, answer: string): void {
    const marks = marksIn(answer);
    const [mark] = marks;
    if (mark === undefined) {
      return;
    }
    const last = this.#seen[number] ?? "";
    // Marks end with the number of their import, of one digit.
    if (marks.length > 1 || mark < last) {
      this.#note(this.mixtures, `${marks.join(" and ")} after ${last}: ${answer.slice(0, 500)}`);
    }
    this.#seen[number] = mark;
  }

  #note(list: string[], text: string): void {
    list.push(list.length < examplesKept ? text : "");
  }
}

function jsonValue(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
