import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "#proto/google/rpc/error_details_pb.ts";

/** A failure in the reader's words. */
export type ErrorMessage = {
  title: string;
  advice: string;
  /** The advice where what was seen before still stands below. */
  adviceBeside: string;
  /** For reporting; empty if the server didn't give one. */
  requestId: string;
  /** Whether trying again may help. */
  canRetry: boolean;
  /** The server couldn't be reached at all. */
  isOffline: boolean;
};

/** Says what went wrong and what the reader can do. `isOnline` is what the browser believes. */
export function errorMessage(cause: unknown, isOnline: boolean): ErrorMessage {
  const message = describe(cause, isOnline);
  const keeps = "What was found before stays below";
  const adviceBeside = message.canRetry
    ? `${keeps}; the search is tried again by itself.`
    : `${message.advice} ${keeps}.`;
  return { ...message, adviceBeside };
}

function describe(cause: unknown, isOnline: boolean): Omit<ErrorMessage, "adviceBeside"> {
  const error = ConnectError.from(cause);
  const requestId = error.metadata.get("x-request-id") ?? "";
  const base = { requestId, canRetry: true, isOffline: false };
  if (isUnreachable(error)) {
    return { ...base, isOffline: true, ...unreachable(isOnline) };
  }
  switch (error.code) {
    case Code.NotFound:
      return {
        ...base,
        canRetry: false,
        title: "Nothing is kept under this address.",
        advice: "It may have been mistyped, or the record was removed from the catalogue.",
      };
    case Code.InvalidArgument:
      // The page's own tokens are refused for nothing else. Trying again begins the list anew.
      if (reasonOf(error) === "PAGE_TOKEN_INVALID") {
        return {
          ...base,
          title: "The catalogue has been replaced meanwhile.",
          advice: "The list is asked for again from its beginning.",
        };
      }
      return {
        ...base,
        canRetry: false,
        title: "The search could not be understood.",
        advice: error.rawMessage,
      };
    case Code.ResourceExhausted:
      return {
        ...base,
        title: "BookFinder is very busy.",
        advice: "Wait a moment, then try again.",
      };
    case Code.DeadlineExceeded:
    case Code.Canceled:
      return {
        ...base,
        title: "The search took too long.",
        advice: "Try again, or with one more word.",
      };
    default:
      return {
        ...base,
        title: "Something went wrong on our side.",
        advice:
          requestId === ""
            ? "The page asks again by itself; trying again often helps."
            : "The page asks again by itself. If that doesn’t help, the number below finds it in the log.",
      };
  }
}

/** Why the server refused, as docs/errors.md lists it. */
function reasonOf(error: ConnectError): string | undefined {
  return error.findDetails(ErrorInfoSchema)[0]?.reason;
}

/** Whether asking again may help. */
export function canRetry(cause: unknown): boolean {
  return errorMessage(cause, true).canRetry;
}

/** fetch rejects with a TypeError where there was no answer; a proxy without server says Unavailable. */
function isUnreachable(error: ConnectError): boolean {
  return error.code === Code.Unavailable || error.cause instanceof TypeError;
}

function unreachable(isOnline: boolean) {
  return isOnline
    ? {
        title: "BookFinder’s server does not answer.",
        advice: "It may be restarting. The page asks again by itself until it answers.",
      }
    : {
        title: "You are offline.",
        advice:
          "The search goes on by itself when the connection is back. Books you have opened are still here.",
      };
}
