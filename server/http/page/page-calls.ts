/** Calls of RPCs that a page is written from: through the same door as everybody's. */
import {
  create,
  type DescMessage,
  type DescMethodUnary,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import type { Config } from "#server/config.ts";
import { SocketPeer } from "#server/fast-path/peer.ts";
import { Call } from "#server/rpc/call.ts";
import type { CallPipeline } from "#server/rpc/call-pipeline.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import { callUnary, pathOf, UnaryContext, type UnaryMethod } from "#server/rpc/unary.ts";
import { tellCaller } from "../answer.ts";
import type { HttpRequest, HttpResponse } from "../handler.ts";

/** An answer that goes into the page, so that its scripts need not ask again. */
export type FirstAnswer = {
  method: string;
  request: JsonValue;
  response: JsonValue;
  /** The page asks for this list page by page. */
  isList: boolean;
};

export type PageCallOptions = {
  methods: ReadonlyMap<string, UnaryMethod>;
  pipeline: CallPipeline;
  config: Config;
};

/** The calls of one page; what they answered is kept for the page's scripts. */
export class PageCalls {
  readonly answers: FirstAnswer[] = [];
  /** Who else may be given what is made of the answers: nobody, if its reader said who they are. */
  reach: "public" | "private" = "public";
  readonly #options: PageCallOptions;
  readonly #request: HttpRequest;
  readonly #response: HttpResponse;
  readonly #record: CallRecord;

  constructor(
    options: PageCallOptions,
    request: HttpRequest,
    response: HttpResponse,
    record: CallRecord,
  ) {
    this.#options = options;
    this.#request = request;
    this.#response = response;
    this.#record = record;
  }

  /** @throws {ConnectError} as the RPC does, or if the caller is refused. */
  async ask<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    input: MessageInitShape<I>,
    { isList = false, isKept = true } = {},
  ): Promise<MessageShape<O>> {
    const { methods, pipeline, config } = this.#options;
    const unary = methods.get(pathOf(method));
    if (unary === undefined) {
      throw new Error(`${pathOf(method)} is not served`);
    }
    const call = new Call({
      method,
      protocol: "rest",
      headers: this.#request.headers,
      peer: () => new SocketPeer(() => this.#request.socket),
      record: this.#record,
      maxTimeoutMs: config.maxTimeoutMs,
    });
    const end = () => call.end();
    this.#response.once("close", end);
    try {
      const context = new UnaryContext(call, "GET", () => this.#request.url ?? "/");
      const request = create(method.input, input);
      const like = await callUnary(unary, request, context, pipeline);
      this.reach = call.principal.kind === "anonymous" ? "public" : "private";
      // The implementation returns a message of this type, or what one is made from.
      const response = create(method.output, like as MessageInitShape<O>);
      if (isKept) {
        this.answers.push({
          method: method.name,
          request: toJson(method.input, request),
          response: toJson(method.output, response),
          isList,
        });
      }
      return response;
    } finally {
      tellCaller(this.#response, call);
      end();
      this.#response.off("close", end);
    }
  }
}
