/** What the suite's service has to do, as its schema describes it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { DescMessage, DescService, Message } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { type Any, anyPack } from "@bufbuild/protobuf/wkt";
import { ConnectError, type HandlerContext } from "@connectrpc/connect";
import type { ServedService } from "#server/rpc/routes.ts";

type Header = { name: string; value: string[] };
type WireError = { code: number; message?: string; details: Any[] };
type UnaryDefinition = {
  responseHeaders: Header[];
  responseTrailers: Header[];
  responseDelayMs: number;
  response:
    | { case: "responseData"; value: Uint8Array }
    | { case: "error"; value: WireError }
    | { case: undefined };
};
type StreamDefinition = {
  responseHeaders: Header[];
  responseTrailers: Header[];
  responseDelayMs: number;
  responseData: Uint8Array[];
  error?: WireError;
};
type UnaryRequest = Message & { responseDefinition?: UnaryDefinition };
type StreamRequest = Message & { responseDefinition?: StreamDefinition; fullDuplex?: boolean };

/** What the generated code of the suite exports, as far as it is used here. */
export type GeneratedModule = {
  ConformanceService: DescService;
  ConformancePayload_RequestInfoSchema: DescMessage;
};

/** The suite's service. */
export function conformanceService(gen: GeneratedModule): ServedService {
  const schemas = new Map(
    gen.ConformanceService.methods.map((method) => [method.input.typeName, method.input]),
  );

  function requestInfo(context: HandlerContext, requests: Message[]) {
    const timeoutMs = context.timeoutMs();
    const isGet = context.requestMethod === "GET";
    const query = [...new URL(context.url).searchParams].map(([name, value]) => ({
      name,
      value: [value],
    }));
    return {
      requestHeaders: [...context.requestHeader].map(([name, value]) => ({ name, value: [value] })),
      ...(timeoutMs === undefined ? {} : { timeoutMs: BigInt(Math.max(0, Math.round(timeoutMs))) }),
      requests: requests.map(pack),
      ...(isGet ? { connectGetInfo: { queryParams: query } } : {}),
    };
  }

  function pack(message: Message): Any {
    const schema = schemas.get(message.$typeName);
    if (schema === undefined) {
      throw new Error(`${message.$typeName} is no request`);
    }
    return anyPack(schema, message);
  }

  function toError(error: WireError, info?: ReturnType<typeof requestInfo>): ConnectError {
    const infoSchema = gen.ConformancePayload_RequestInfoSchema;
    const details = error.details.map((any) => ({
      type: any.typeUrl.slice(any.typeUrl.lastIndexOf("/") + 1),
      value: any.value,
    }));
    const result = new ConnectError(error.message ?? "", error.code);
    result.details =
      info === undefined
        ? details
        : [...details, { desc: infoSchema, value: create(infoSchema, info) }];
    return result;
  }

  async function unary(
    definition: UnaryDefinition | undefined,
    requests: Message[],
    context: HandlerContext,
  ) {
    const info = requestInfo(context, requests);
    addMetadata(definition, context);
    await sleep(definition?.responseDelayMs ?? 0);
    switch (definition?.response.case) {
      case "error":
        throw toError(definition.response.value, info);
      case "responseData":
        return { payload: { data: definition.response.value, requestInfo: info } };
      default:
        return { payload: { requestInfo: info } };
    }
  }

  const methods = {
    unary: (request: UnaryRequest, context: HandlerContext) =>
      unary(request.responseDefinition, [request], context),
    idempotentUnary: (request: UnaryRequest, context: HandlerContext) =>
      unary(request.responseDefinition, [request], context),
    async clientStream(requests: AsyncIterable<UnaryRequest>, context: HandlerContext) {
      const all: UnaryRequest[] = [];
      for await (const request of requests) {
        all.push(request);
      }
      return unary(all[0]?.responseDefinition, all, context);
    },
    async *serverStream(request: StreamRequest, context: HandlerContext) {
      const definition = request.responseDefinition;
      addMetadata(definition, context);
      const info = requestInfo(context, [request]);
      for (const [index, data] of (definition?.responseData ?? []).entries()) {
        await sleep(definition?.responseDelayMs ?? 0);
        yield { payload: { data, ...(index === 0 ? { requestInfo: info } : {}) } };
      }
      if (definition?.error !== undefined) {
        throw toError(definition.error, definition.responseData.length === 0 ? info : undefined);
      }
    },
    async *bidiStream(requests: AsyncIterable<StreamRequest>, context: HandlerContext) {
      let definition: StreamDefinition | undefined;
      let isFullDuplex = false;
      let unreported: StreamRequest[] = [];
      let sentCount = 0;
      const next = async (data: Uint8Array) => {
        await sleep(definition?.responseDelayMs ?? 0);
        const info =
          sentCount === 0 ? requestInfo(context, unreported) : { requests: unreported.map(pack) };
        sentCount += 1;
        unreported = [];
        return { payload: { data, requestInfo: info } };
      };
      for await (const request of requests) {
        if (definition === undefined) {
          definition = request.responseDefinition;
          isFullDuplex = request.fullDuplex ?? false;
          addMetadata(definition, context);
        }
        unreported.push(request);
        const data = definition?.responseData[sentCount];
        if (isFullDuplex) {
          if (data === undefined) {
            break;
          }
          yield await next(data);
        }
      }
      for (const data of definition?.responseData.slice(sentCount) ?? []) {
        yield await next(data);
      }
      if (definition?.error !== undefined) {
        const info = sentCount === 0 ? requestInfo(context, unreported) : undefined;
        throw toError(definition.error, info);
      }
    },
  };
  // The service's type is only known once it is generated; the names are those of its schema.
  return { service: gen.ConformanceService, implementation: methods };
}

function addMetadata(
  definition: { responseHeaders: Header[]; responseTrailers: Header[] } | undefined,
  context: HandlerContext,
): void {
  for (const { name, value } of definition?.responseHeaders ?? []) {
    for (const each of value) {
      context.responseHeader.append(name, each);
    }
  }
  for (const { name, value } of definition?.responseTrailers ?? []) {
    for (const each of value) {
      context.responseTrailer.append(name, each);
    }
  }
}
