/** Unary methods of the catalogue from encoded requests to encoded answers. */
import { gzipSync } from "node:zlib";
import type { Message } from "@bufbuild/protobuf";
import type { Catalog, CatalogInfo } from "#server/catalog/catalog.ts";
import { COMPRESS_BYTES_MIN, COMPRESS_LEVEL } from "#server/fast-path/accept-encoding.ts";
import { encodeBinary } from "#server/fast-path/codec/binary-encoder.ts";
import { JsonEncoder } from "#server/fast-path/codec/json-encoder.ts";
import { Call } from "#server/rpc/call.ts";
import { createCallPipeline, messageSteps } from "#server/rpc/call-pipeline.ts";
import type { CallRecord } from "#server/rpc/call-record.ts";
import type { Codec } from "#server/rpc/encoded-method.ts";
import { apiError, toConnectError } from "#server/rpc/errors.ts";
import { decodeText, readBinaryMessage, readJsonMessage } from "#server/rpc/read-message.ts";
import { catalogServices } from "#server/rpc/routes.ts";
import {
  callUnary,
  type MessageLike,
  UnaryContext,
  type UnaryMethod,
  unaryMethods,
} from "#server/rpc/unary.ts";
import { type AnswerHead, type CallHead, type FailureHead, toFailure } from "./messages.ts";

export type ByteAnswer =
  | { kind: "answer"; head: AnswerHead; body: Uint8Array }
  | { kind: "failure"; head: FailureHead };

type Generation = {
  catalog: Catalog;
  methods: ReadonlyMap<string, UnaryMethod>;
  /** Calls that are in it; it is closed after the last of them. */
  callCount: number;
  isRetired: boolean;
};

const encoder = new JsonEncoder({});

/** The catalogues that are open, each with the methods over it. */
export class ByteCalls {
  readonly #openCatalog: (path: string) => Catalog;
  readonly #generations = new Map<number, Generation>();

  /** @param openCatalog - Opens the catalogue file at a path. */
  constructor(openCatalog: (path: string) => Catalog) {
    this.#openCatalog = openCatalog;
  }

  /** @throws {Error} when the file can't be opened. */
  async open(generation: number, path: string): Promise<CatalogInfo> {
    const catalog = this.#openCatalog(path);
    const methods = unaryMethods(catalogServices({ catalog }));
    this.#generations.set(generation, { catalog, methods, callCount: 0, isRetired: false });
    return catalog.info();
  }

  async close(number: number): Promise<void> {
    const generation = this.#generations.get(number);
    if (generation !== undefined) {
      generation.isRetired = true;
      await this.#closeIdle(number, generation);
    }
  }

  /**
   * Calls with a catalogue that stays open meanwhile.
   *
   * @throws {Error} when this process does not have it.
   */
  async use<T>(number: number, run: (generation: Generation) => Promise<T>): Promise<T> {
    const generation = this.#generations.get(number);
    if (generation === undefined) {
      throw new Error(`The catalogue of generation ${number} is not open here`);
    }
    generation.callCount += 1;
    try {
      return await run(generation);
    } finally {
      generation.callCount -= 1;
      await this.#closeIdle(number, generation);
    }
  }

  /** Answers; never rejects. */
  async answer(head: CallHead, body: Uint8Array): Promise<ByteAnswer> {
    const startMs = performance.now();
    const record: CallRecord = { requestId: "", startMs };
    try {
      return await this.use(head.generation, (generation) =>
        this.#answer(generation, head, body, record),
      );
    } catch (error) {
      const { query } = record;
      const ms = performance.now() - startMs;
      return { kind: "failure", head: { ...toFailure(toConnectError(error)), query, ms } };
    }
  }

  async #answer(
    { methods }: Generation,
    head: CallHead,
    body: Uint8Array,
    record: CallRecord,
  ): Promise<ByteAnswer> {
    const unary = methods.get(head.path);
    if (unary === undefined) {
      throw new Error(`${head.path} is no method of the catalogue`);
    }
    const context = contextOf(unary, head, record);
    const request = parse(unary, head, body, context.call.unknownFields);
    const pipeline = createCallPipeline({
      admission: [],
      message: messageSteps(head),
      translate: toConnectError,
    });
    const output = await callUnary(unary, request, context, pipeline);
    const { bytes, isCompressed } = encode(unary, output, head);
    const headers = context.setHeaders();
    const { unknownFields } = context.call;
    const { query, startMs } = record;
    const ms = performance.now() - startMs;
    const answered = { headers, isCompressed, query, unknownFields, ms };
    return { kind: "answer", head: answered, body: bytes };
  }

  async #closeIdle(number: number, generation: Generation): Promise<void> {
    if (generation.isRetired && generation.callCount === 0) {
      this.#generations.delete(number);
      await generation.catalog[Symbol.asyncDispose]();
    }
  }
}

function isBinary(codec: Codec): boolean {
  return codec.startsWith("proto");
}

function parse(
  { method }: UnaryMethod,
  { codec, ignoreUnknownFields }: CallHead,
  bytes: Uint8Array,
  unknownFields: string[],
): Message {
  return isBinary(codec)
    ? readBinaryMessage(method.input, bytes)
    : readJsonMessage(method.input, decodeText(bytes), { ignoreUnknownFields }, unknownFields);
}

/** The call as its methods see it; it was admitted where it came in. */
function contextOf(unary: UnaryMethod, head: CallHead, record: CallRecord): UnaryContext {
  const { remainingMs } = head;
  const timeout =
    remainingMs === undefined ? {} : { "grpc-timeout": `${Math.max(0, Math.floor(remainingMs))}m` };
  const call = new Call({
    method: unary.method,
    protocol: "grpc",
    headers: timeout,
    peer: () => ({ address: "" }),
    record,
    maxTimeoutMs: Number.MAX_SAFE_INTEGER,
  });
  return new UnaryContext(call, "POST", () => head.path);
}

function encode(
  { method }: UnaryMethod,
  output: MessageLike,
  { codec, maxResponseBytes }: CallHead,
): { bytes: Uint8Array; isCompressed: boolean } {
  const bytes = isBinary(codec)
    ? encodeBinary(method.output, output)
    : Buffer.from(encoder.encode(method.output, output));
  if (bytes.length > maxResponseBytes) {
    throw apiError(
      "MESSAGE_TOO_LARGE",
      `message size ${bytes.length} is larger than configured writeMaxBytes ${maxResponseBytes}`,
    );
  }
  const isCompressed = codec.endsWith("+gzip") && bytes.length >= COMPRESS_BYTES_MIN;
  return {
    bytes: isCompressed ? gzipSync(bytes, { level: COMPRESS_LEVEL }) : bytes,
    isCompressed,
  };
}
