import { Code, ConnectError } from "@connectrpc/connect";

/** A failure in the reader's words. */
export type ErrorMessage = {
  title: string;
  advice: string;
  /** For reporting; empty if the server didn't give one. */
  requestId: string;
  /** Whether trying again may help. */
  canRetry: boolean;
  /** The server couldn't be reached at all. */
  isOffline: boolean;
};

/** Says what went wrong and what the reader can do. `isOnline` is what the browser believes. */
export function errorMessage(cause: unknown, isOnline: boolean): ErrorMessage {
  const error = ConnectError.from(cause);
  const requestId = error.metadata.get("x-request-id") ?? "";
  const base = { requestId, canRetry: true, isOffline: false };
  if (isUnreachable(error)) return { ...base, isOffline: true, ...unreachable(isOnline) };
  switch (error.code) {
    case Code.NotFound:
      return {
        ...base,
        canRetry: false,
        title: "Nothing is kept under this address.",
        advice: "It may have been mistyped, or the record was removed from the catalogue.",
      };
    case Code.InvalidArgument:
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
        advice: "Trying again often helps. If it doesn’t, the number below finds it in the log.",
      };
  }
}

/** fetch rejects with a TypeError where there was no answer; a proxy without server says Unavailable. */
function isUnreachable(error: ConnectError): boolean {
  return error.code === Code.Unavailable || error.cause instanceof TypeError;
}

function unreachable(isOnline: boolean) {
  return isOnline
    ? {
        title: "BookFinder’s server does not answer.",
        advice: "It may be restarting. What you have already seen is still here: go back to it.",
      }
    : {
        title: "You are offline.",
        advice:
          "What you have already seen is still here. The search goes on when the connection is back.",
      };
}
