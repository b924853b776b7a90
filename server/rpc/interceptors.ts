import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import type {
  HandlerContext,
  Interceptor,
  StreamResponse,
  UnaryResponse,
} from "@connectrpc/connect";
import { Call, callKey } from "./call.ts";
import { beginRecord } from "./call-log.ts";
import type { CallPipeline } from "./call-pipeline.ts";
import { explainUnread } from "./connect-handler.ts";

/**
 * Takes the calls that Connect serves through the pipeline's first half: as a gate, because
 * interceptors run only after the body was read.
 */
export function admissionGate(
  pipeline: CallPipeline,
  maxTimeoutMs: number,
): (context: HandlerContext) => Promise<void> {
  return async (context) => {
    let call = context.values.get(callKey);
    if (call === undefined) {
      // Not from the port but from an in-memory transport; it goes through the same door.
      call = callInMemory(context, maxTimeoutMs);
      context.values.set(callKey, call);
    }
    call.record.context = context;
    await pipeline.admit(call);
    if (call.refusal !== undefined) {
      throw call.refusal;
    }
  };
}

/** Takes the messages of calls that Connect serves through the pipeline's second half. */
export function messageInterceptor(pipeline: CallPipeline): Interceptor {
  return (next) => async (request) => {
    const call = request.contextValues.get(callKey);
    if (call === undefined) {
      throw new Error("A call has passed the gate without the pipeline");
    }
    const { record } = call;
    try {
      // The request may have waited for its turn longer than its caller does.
      call.throwIfLate();
      if (request.stream) {
        const message = checked(pipeline, request.method.input, request.message, call);
        const response = await next({ ...request, message });
        // A streaming request has a streaming response.
        return answersOf(response as StreamResponse, pipeline, call);
      }
      call.hasMessage = true;
      pipeline.check(request.method.input, request.message, record);
      request.signal.throwIfAborted();
      return await next(request);
    } catch (error) {
      throw pipeline.translate(error, record);
    }
  };
}

function callInMemory(context: HandlerContext, maxTimeoutMs: number): Call {
  const headers = Object.fromEntries(context.requestHeader);
  return new Call({
    method: context.method,
    protocol: "connect",
    headers,
    peer: () => ({ address: "" }),
    record: beginRecord(headers),
    maxTimeoutMs,
  });
}

async function* checked<T extends DescMessage>(
  pipeline: CallPipeline,
  schema: T,
  messages: AsyncIterable<MessageShape<T>>,
  call: Call,
): AsyncIterable<MessageShape<T>> {
  try {
    for await (const message of messages) {
      call.hasMessage = true;
      pipeline.check(schema, message, call.record);
      await pipeline.renew(call);
      yield message;
    }
  } catch (error) {
    throw explainUnread(call, error);
  }
}

/** The answers for as long as the caller may have them, with errors in words of the API. */
function answersOf(
  response: StreamResponse,
  pipeline: CallPipeline,
  call: Call,
): StreamResponse | UnaryResponse {
  const { message } = response;
  async function* answers(): typeof message {
    try {
      for await (const answer of message) {
        await pipeline.renew(call);
        yield answer;
      }
    } catch (error) {
      throw pipeline.translate(error, call.record);
    }
  }
  return { ...response, message: answers() };
}
