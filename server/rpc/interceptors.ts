import type { DescMessage, Message, MessageShape } from "@bufbuild/protobuf";
import type { ConnectError, Interceptor, StreamResponse, UnaryResponse } from "@connectrpc/connect";
import { type CallRecord, callRecordKey } from "./call-record.ts";
import { toConnectError } from "./errors.ts";
import { validateRequest } from "./validation.ts";

/**
 * What is done around every call, in one interceptor because each one costs: the request is checked
 * against the schema's rules, the deadline against the clock, and whatever fails is noted for the
 * log and translated for the caller.
 */
export function callInterceptor(options: { logQueryChars: number }): Interceptor {
  return (next) => async (request) => {
    const record = request.contextValues.get(callRecordKey);
    try {
      if (request.stream) {
        const response = await next({
          ...request,
          message: checked(request.method.input, request.message),
        });
        // A streaming request has a streaming response.
        return withErrorsNoted(response as StreamResponse, record);
      }
      checkRequest(request.method.input, request.message, record, options.logQueryChars);
      // The request may have waited for its turn longer than its caller does.
      request.signal.throwIfAborted();
      return await next(request);
    } catch (error) {
      throw noted(error, record);
    }
  };
}

/**
 * Notes what a unary request asks for, as far as the log may show it, and checks it.
 *
 * @throws {ConnectError} INVALID_ARGUMENT if it breaks the rules of the schema.
 */
export function checkRequest<T extends DescMessage>(
  schema: T,
  message: MessageShape<T>,
  record: CallRecord | undefined,
  logQueryChars: number,
): void {
  noteQuery(message, record, logQueryChars);
  validateRequest(schema, message);
}

/** The error to answer with; its cause is noted for the log. */
export function noted(error: unknown, record: CallRecord | undefined): ConnectError {
  if (record !== undefined) {
    record.error = error;
  }
  return toConnectError(error);
}

function noteQuery(message: Message, record: CallRecord | undefined, charCount: number): void {
  if (record === undefined || charCount === 0) {
    return;
  }
  // Every request is looked at, whether its message has such a field or not.
  const { query, searchQuery } = message as { query?: unknown; searchQuery?: unknown };
  const text = query ?? searchQuery;
  if (typeof text === "string") {
    record.query = text.length > charCount ? `${text.slice(0, charCount)}…` : text;
  }
}

async function* checked<T extends DescMessage>(
  schema: T,
  messages: AsyncIterable<MessageShape<T>>,
): AsyncIterable<MessageShape<T>> {
  for await (const message of messages) {
    validateRequest(schema, message);
    yield message;
  }
}

function withErrorsNoted(
  response: StreamResponse,
  record: CallRecord | undefined,
): StreamResponse | UnaryResponse {
  const { message } = response;
  async function* noting(): typeof message {
    try {
      yield* message;
    } catch (error) {
      throw noted(error, record);
    }
  }
  return { ...response, message: noting() };
}
