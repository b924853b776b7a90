/** The one place where errors are made, and where one of ours becomes an error on the wire. */
import { create } from "@bufbuild/protobuf";
import { durationFromMs, FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  ResourceInfoSchema,
  RetryInfoSchema,
} from "#proto/google/rpc/error_details_pb.ts";
import {
  AuthUnavailableError,
  CredentialError,
  TooManyAttemptsError,
} from "#server/accounts/account-errors.ts";
import {
  BadPageTokenError,
  CatalogUnavailableError,
  DeadlineExceededError,
} from "#server/catalog/catalog.ts";
import { isDiskFull } from "#server/database/disk-full.ts";
import { ContentionError } from "#server/database/shared-transactions.ts";
import { SharedDatabaseError } from "#server/database/transactions.ts";
import {
  BadFieldError,
  NothingThereError,
  ReadOnlyError,
  StaleEtagError,
} from "#server/edits/write-errors.ts";
import { ERROR_DOMAIN, type ErrorReason, errorReasons } from "./error-reasons.ts";

/** A cluster has found its feet again after a few seconds, if it can. */
const UNAVAILABLE_RETRY_MS = 2_000;
/** Somebody has to make room. */
const FULL_RETRY_MS = 60_000;

type Detail = ConnectError["details"][number];

type ErrorOptions = {
  /** Besides the reason. */
  details?: readonly Detail[];
  headers?: HeadersInit;
  /** What a program may want to know of the reason. */
  metadata?: Record<string, string>;
  cause?: unknown;
};

/** An error for that reason, whose code follows from it. */
export function apiError(
  reason: ErrorReason,
  message: string,
  { details = [], headers, metadata = {}, cause }: ErrorOptions = {},
): ConnectError {
  const info = { reason, domain: ERROR_DOMAIN, metadata };
  const error = new ConnectError(message, errorReasons[reason].code, headers, undefined, cause);
  error.details = [{ desc: ErrorInfoSchema, value: info }, ...details];
  return error;
}

/**
 * The error to answer with: what the caller did wrong is said as it is; what we did wrong is an
 * "internal error" whose cause only the log shows.
 */
export function toConnectError(error: unknown): ConnectError {
  if (error instanceof ConnectError) {
    return error;
  }
  if (error instanceof BadPageTokenError) {
    return invalidField("page_token", error.message, "page_token.valid", "PAGE_TOKEN_INVALID");
  }
  if (error instanceof DeadlineExceededError) {
    return apiError("DEADLINE_EXCEEDED", error.message);
  }
  if (error instanceof CatalogUnavailableError) {
    return retryLater("CATALOGUE_UNAVAILABLE", error.message, UNAVAILABLE_RETRY_MS);
  }
  return (
    toAccountError(error) ??
    toWriteError(error) ??
    apiError("INTERNAL", "internal error", { cause: error })
  );
}

function toAccountError(error: unknown): ConnectError | undefined {
  if (error instanceof CredentialError) {
    const headers = { "www-authenticate": error.wwwAuthenticate };
    return apiError("CREDENTIALS_INVALID", error.message, { headers });
  }
  if (error instanceof TooManyAttemptsError) {
    return retryLater("RATE_EXCEEDED", error.message, error.retryAfterMs);
  }
  return error instanceof AuthUnavailableError
    ? apiError("CREDENTIALS_UNCHECKED", error.message, { cause: error })
    : undefined;
}

function toWriteError(error: unknown): ConnectError | undefined {
  if (error instanceof BadFieldError) {
    return invalidField(error.field, error.message);
  }
  if (error instanceof NothingThereError) {
    return nothingFound(error.kind, error.key, error.message);
  }
  if (isDiskFull(error)) {
    return retryLater(
      "STORAGE_FULL",
      "The server's disk is full; nothing was written",
      FULL_RETRY_MS,
    );
  }
  if (error instanceof ReadOnlyError) {
    return apiError("WRITES_UNSUPPORTED", error.message);
  }
  if (error instanceof ContentionError) {
    return retryLater("CATALOGUE_UNAVAILABLE", error.message, UNAVAILABLE_RETRY_MS);
  }
  if (error instanceof SharedDatabaseError) {
    return apiError("WRITES_UNSUPPORTED", error.message);
  }
  return error instanceof StaleEtagError ? apiError("ETAG_STALE", error.message) : undefined;
}

/** An error that another process of ours has made, with its details as they are on the wire. */
export function errorOfProcess(
  code: Code,
  message: string,
  details: readonly Detail[],
  headers: HeadersInit,
  cause: unknown,
): ConnectError {
  const error = new ConnectError(message, code, headers, undefined, cause);
  error.details = [...details];
  return error;
}

/** True if we, not the caller, have to do something about the error. */
export function isOurFault(code: Code): boolean {
  return code === Code.Internal || code === Code.Unknown || code === Code.DataLoss;
}

/** NOT_FOUND for a resource, by its kind ("book") and the name that was asked for. */
export function notFound(kind: string, name: string): ConnectError {
  return nothingFound(kind, name, `There is no ${kind} "${name}"`);
}

/** NOT_FOUND for something that was asked for in other ways than by its name. */
export function nothingFound(kind: string, name: string, message: string): ConnectError {
  const value = { resourceType: kind, resourceName: name, description: message };
  return apiError("RESOURCE_NOT_FOUND", message, {
    details: [{ desc: ResourceInfoSchema, value }],
  });
}

/** For a caller who may try again after that time. */
export function retryLater(
  reason:
    | "RATE_EXCEEDED"
    | "TOO_MANY_STREAMS"
    | "OVERLOADED"
    | "CATALOGUE_UNAVAILABLE"
    | "STORAGE_FULL",
  message: string,
  retryMs: number,
): ConnectError {
  const value = { retryDelay: durationFromMs(retryMs) };
  return apiError(reason, message, {
    details: [{ desc: RetryInfoSchema, value }],
    headers: { "retry-after": String(Math.ceil(retryMs / 1000)) },
  });
}

/** What is wrong with one field, for `google.rpc.BadRequest`. */
export type FieldProblem = { field: string; description: string; reason?: string };

/** The detail that names the fields. */
export function badRequest(problems: readonly FieldProblem[]): Detail {
  const fieldViolations = [...problems];
  return { desc: BadRequestSchema, value: { fieldViolations } };
}

/**
 * INVALID_ARGUMENT for one field, with the same details as a violated rule of the schema.
 *
 * @param problem - What is wrong and what to do: follows the field's name in the message.
 */
export function invalidField(
  field: string,
  problem: string,
  ruleId = "custom",
  reason: ErrorReason = "FIELD_INVALID",
): ConnectError {
  const violations = create(ViolationsSchema, {
    violations: [
      {
        field: { elements: [{ fieldName: field, fieldType: FieldDescriptorProto_Type.STRING }] },
        ruleId,
        message: problem,
      },
    ],
  });
  return apiError(reason, `${field} ${problem}`, {
    details: [
      badRequest([{ field, description: problem, reason: ruleId }]),
      { desc: ViolationsSchema, value: violations },
    ],
  });
}
