/**
 * Every reason for which a call can fail, by the stable name that `google.rpc.ErrorInfo` carries.
 * Programs may rely on the names; the sentences may change. docs/errors.md shows this table, and a
 * test keeps the two in step.
 */
import { Code } from "@connectrpc/connect";

/** The domain of all reasons. */
export const ERROR_DOMAIN = "bookfinder.v1";

type Reason = {
  code: Code;
  meaning: string;
  /** What the caller can do. */
  wayOut: string;
};

export const errorReasons = {
  FIELD_INVALID: {
    code: Code.InvalidArgument,
    meaning: "A field breaks a rule of the schema.",
    wayOut: "`google.rpc.BadRequest` names each field, its limit and what to send instead.",
  },
  FIELD_UNKNOWN: {
    code: Code.InvalidArgument,
    meaning:
      "The JSON has a field that the message does not have, and this server is set to refuse those; or the query string of a write has a parameter that is none.",
    wayOut: "Correct the name; the message lists those that there are.",
  },
  MESSAGE_UNREADABLE: {
    code: Code.InvalidArgument,
    meaning: "The body or the URL does not hold the message that the method takes.",
    wayOut: "Send JSON or Protobuf as the schema says, complete and in the encoding that you name.",
  },
  PAGE_TOKEN_INVALID: {
    code: Code.InvalidArgument,
    meaning: "The page token is not one of this catalogue's, or is of another search.",
    wayOut: "Pass `next_page_token` of the page before as it is, or begin again without one.",
  },
  PROTOCOL_UNSUPPORTED: {
    code: Code.InvalidArgument,
    meaning: "The request names a version of the Connect protocol other than 1.",
    wayOut: "Send `connect-protocol-version: 1`, or leave it out.",
  },
  TIMEOUT_INVALID: {
    code: Code.InvalidArgument,
    meaning: "The deadline is not written as the protocol writes it.",
    wayOut: "Send `grpc-timeout: 5S` or `connect-timeout-ms: 5000`.",
  },
  CREDENTIALS_MISSING: {
    code: Code.Unauthenticated,
    meaning: "The method is not open to everybody, and the request does not say who calls.",
    wayOut: "Send a key or token as `authorization: Bearer …`.",
  },
  CREDENTIALS_INVALID: {
    code: Code.Unauthenticated,
    meaning: "The key, token or certificate is unknown, expired, revoked or not meant for us.",
    wayOut: "Get a new one.",
  },
  CREDENTIALS_UNCHECKED: {
    code: Code.Unavailable,
    meaning: "The keys of the identity provider can't be read, so a token can't be checked.",
    wayOut: "Try again.",
  },
  PERMISSION_MISSING: {
    code: Code.PermissionDenied,
    meaning: "The caller is known and may not call this method.",
    wayOut: "Use credentials that have the scope which the message names.",
  },
  RESOURCE_NOT_FOUND: {
    code: Code.NotFound,
    meaning: "Nothing has the name that was asked for, or nothing matches.",
    wayOut: "`google.rpc.ResourceInfo` says what was looked for; search for it instead.",
  },
  ETAG_STALE: {
    code: Code.Aborted,
    meaning: "Somebody changed it since its etag was read. Over REST the status is 412.",
    wayOut: "Read it again, see what changed, and write again with its etag.",
  },
  CONDITION_MISSING: {
    code: Code.FailedPrecondition,
    meaning:
      "A write over REST does not say what it overwrites (status 428), or a sign-out does not say which session.",
    wayOut: "Send `If-Match` with the ETag that was read, or name the session.",
  },
  CATALOGUE_REPLACED: {
    code: Code.Aborted,
    meaning: "The catalogue was replaced while an export of it ran.",
    wayOut: "Begin the export again, without a `resume_token`.",
  },
  MESSAGE_TOO_LARGE: {
    code: Code.ResourceExhausted,
    meaning: "A message of the request or the response is larger than this server allows.",
    wayOut: "Send or ask for less at a time.",
  },
  RATE_EXCEEDED: {
    code: Code.ResourceExhausted,
    meaning: "The client has called more often than it may, or a sign-in has failed too often.",
    wayOut: "Wait as long as `google.rpc.RetryInfo` says.",
  },
  TOO_MANY_STREAMS: {
    code: Code.ResourceExhausted,
    meaning: "As many streams of this kind are open as this server holds.",
    wayOut: "Wait as long as `google.rpc.RetryInfo` says, or ask without a stream.",
  },
  WRITES_UNSUPPORTED: {
    code: Code.Unimplemented,
    meaning:
      "Nothing can be written on this server: it only reads, its data folder belongs to a cluster that it is not told of, or the folder can't be written to; the message says which.",
    wayOut: "Write on the server whose catalogue it shows.",
  },
  OVERLOADED: {
    code: Code.Unavailable,
    meaning: "The server has more to do than it can finish in time.",
    wayOut: "Wait as long as `google.rpc.RetryInfo` says.",
  },
  CATALOGUE_UNAVAILABLE: {
    code: Code.Unavailable,
    meaning:
      "The catalogue can't be searched just now: its file is being replaced, or the search was interrupted.",
    wayOut: "Wait as long as `google.rpc.RetryInfo` says.",
  },
  STORAGE_FULL: {
    code: Code.Unavailable,
    meaning: "The disk of the server is full. Nothing was written; searching goes on.",
    wayOut: "Tell who runs the server, and write again when there is room.",
  },
  DEADLINE_EXCEEDED: {
    code: Code.DeadlineExceeded,
    meaning: "The caller's deadline has passed.",
    wayOut: "Allow more time.",
  },
  CALL_UNSUPPORTED: {
    code: Code.Unimplemented,
    meaning:
      "The method is not here, or not in this form: another compression, or other than one message where one is due.",
    wayOut: "The message names what there is.",
  },
  INTERNAL: {
    code: Code.Internal,
    meaning: "Something is wrong on our side; the log has the cause under the request's id.",
    wayOut: "Report the `x-request-id` of the answer.",
  },
} as const satisfies Record<string, Reason>;

export type ErrorReason = keyof typeof errorReasons;
