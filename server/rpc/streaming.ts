/** Streams without Connect: the streaming methods of the same services, called directly. */
import type { DescMethod, Message } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import type { CallPipeline } from "./call-pipeline.ts";
import type { ServedService } from "./routes.ts";
import { type MessageLike, pathOf, type UnaryContext } from "./unary.ts";

type Implementation = (
  request: Message | AsyncIterable<Message>,
  context: HandlerContext,
) => AsyncIterable<MessageLike> | Promise<MessageLike>;

/** A method that takes a stream or answers with one, and what implements it. */
export type StreamingMethod = { method: DescMethod; implementation: Implementation };

/** The methods of these services that are not unary, by path. */
export function streamingMethods(
  services: readonly ServedService[],
): ReadonlyMap<string, StreamingMethod> {
  const methods = new Map<string, StreamingMethod>();
  for (const { service, implementation } of services) {
    for (const method of service.methods) {
      // What a service implements is known by the names of its schema.
      const found = (implementation as Record<string, Implementation>)[method.localName];
      if (method.methodKind !== "unary" && found !== undefined) {
        methods.set(pathOf(method), { method, implementation: found });
      }
    }
  }
  return methods;
}

/**
 * Calls a method that takes a stream or answers with one, once its call is admitted: checks each
 * request.
 *
 * @param requests - One message if the method does not take a stream.
 * @returns One message if the method does not answer with a stream.
 * @throws {ConnectError} whatever goes wrong; the call's record has the cause.
 */
export async function* callStreaming(
  { method, implementation }: StreamingMethod,
  requests: AsyncIterable<Message>,
  context: UnaryContext,
  pipeline: CallPipeline,
): AsyncGenerator<MessageLike> {
  const { call } = context;
  async function* checked(): AsyncGenerator<Message> {
    for await (const request of requests) {
      call.hasMessage = true;
      pipeline.check(method.input, request, call.record);
      await pipeline.renew(call);
      yield request;
    }
  }
  try {
    // Asked again, because a method must not run for a call that nobody has let in.
    await pipeline.admit(call);
    if (method.methodKind !== "server_streaming") {
      yield* answersOf(implementation(checked(), context));
      return;
    }
    for await (const request of checked()) {
      for await (const answer of answersOf(implementation(request, context))) {
        await pipeline.renew(call);
        yield answer;
      }
      return;
    }
  } catch (error) {
    throw pipeline.translate(error, call.record);
  }
}

async function* answersOf(
  answers: AsyncIterable<MessageLike> | Promise<MessageLike>,
): AsyncGenerator<MessageLike> {
  if (answers instanceof Promise) {
    yield await answers;
  } else {
    yield* answers;
  }
}
