/** Calls Connect's handlers so that what goes wrong in them is said in words of the API. */
import { AsyncLocalStorage } from "node:async_hooks";
import { Code, ConnectError } from "@connectrpc/connect";
import type {
  UniversalHandler,
  UniversalServerRequest,
  UniversalServerResponse,
} from "@connectrpc/connect/protocol";
import type { Call } from "./call.ts";
import type { CallPipeline } from "./call-pipeline.ts";
import type { ErrorReason } from "./error-reasons.ts";
import { apiError } from "./errors.ts";
import { nameFields, unreadable } from "./read-message.ts";

/** The call whose message is being read; Connect reads messages where it knows no call. */
export const callBeingRead: AsyncLocalStorage<Call> = new AsyncLocalStorage();

/** What clients of a later schema learn about the fields that this server does not know. */
export const UNKNOWN_FIELDS_HEADER = "x-unknown-fields";

/**
 * Calls the handler. Where it can't read the one message of a unary call it is asked again with an
 * error of ours, which it says in the caller's protocol: the library calls that its own fault.
 */
export async function callHandler(
  handler: UniversalHandler,
  request: UniversalServerRequest,
  call: Call,
  pipeline: CallPipeline,
): Promise<UniversalServerResponse> {
  return callBeingRead.run(call, async () => {
    let answer = await handler(request);
    if (handler.method.methodKind === "unary" && !call.hasMessage && call.refusal === undefined) {
      const reason: unknown = call.record.context?.signal.reason;
      if (call.isAdmitted && reason !== undefined && answer.body !== undefined) {
        call.refusal = pipeline.translate(explainUnread(call, reason), call.record);
        answer = await handler(request);
      }
    }
    const unknown = unknownFieldsHeader(call);
    if (unknown !== undefined) {
      answer.header?.set(UNKNOWN_FIELDS_HEADER, unknown);
    }
    return answer;
  });
}

/** The names of unknown fields in a call's messages as a header's value. */
export function unknownFieldsHeader(call: Call): string | undefined {
  return call.unknownFields.length === 0 ? undefined : nameFields(call.unknownFields);
}

/** Why the library has not got as far as the message. */
export function explainUnread(call: Call, reason: unknown): ConnectError {
  if (!(reason instanceof ConnectError)) {
    return unreadable(call.method.input, reason);
  }
  if (reason.details.length > 0) {
    return reason;
  }
  switch (reason.code) {
    case Code.Internal:
      if (reason.rawMessage.startsWith("received compressed envelope")) {
        // INTERNAL is what gRPC demands for a compressed message without an encoding.
        return reason;
      }
      return unreadable(
        call.method.input,
        new Error(reason.rawMessage.replace(/^parse binary: /, "")),
      );
    case Code.InvalidArgument:
      return withReason(
        call.timeout.error === undefined ? "MESSAGE_UNREADABLE" : "TIMEOUT_INVALID",
        reason,
      );
    case Code.ResourceExhausted:
      return withReason("MESSAGE_TOO_LARGE", reason);
    case Code.Unimplemented:
      return withReason("CALL_UNSUPPORTED", reason);
    case Code.DeadlineExceeded:
      return withReason("DEADLINE_EXCEEDED", reason);
    default:
      return reason;
  }
}

function withReason(reason: ErrorReason, error: ConnectError): ConnectError {
  const { rawMessage, metadata, cause } = error;
  return apiError(reason, rawMessage, { headers: metadata, cause });
}
