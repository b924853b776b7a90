/** The one place where an error of ours becomes an error on the wire. */
import { create } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Type } from "@bufbuild/protobuf/wkt";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  AuthUnavailableError,
  CredentialError,
  TooManyAttemptsError,
} from "#server/accounts/account-errors.ts";
import { BadPageTokenError } from "#server/catalog/catalog.ts";
import { BadFieldError, NothingThereError, StaleEtagError } from "#server/edits/write-errors.ts";

/**
 * The error to answer with: what the caller did wrong is said as it is; what we did wrong is an
 * "internal error" whose cause only the log shows.
 */
export function toConnectError(error: unknown): ConnectError {
  if (error instanceof ConnectError) {
    return error;
  }
  if (error instanceof BadPageTokenError) {
    return invalidField("page_token", error.message, "page_token.valid");
  }
  if (error instanceof BadFieldError) {
    return invalidField(error.field, error.message);
  }
  if (error instanceof NothingThereError) {
    return new ConnectError(error.message, Code.NotFound);
  }
  if (error instanceof StaleEtagError) {
    return new ConnectError(error.message, Code.Aborted);
  }
  if (error instanceof CredentialError) {
    return new ConnectError(error.message, Code.Unauthenticated, {
      "www-authenticate": error.wwwAuthenticate,
    });
  }
  if (error instanceof TooManyAttemptsError) {
    return new ConnectError(error.message, Code.ResourceExhausted, {
      "retry-after": String(Math.ceil(error.retryAfterMs / 1000)),
    });
  }
  if (error instanceof AuthUnavailableError) {
    return new ConnectError(error.message, Code.Unavailable, undefined, undefined, error);
  }
  return new ConnectError("internal error", Code.Internal, undefined, undefined, error);
}

/** True if we, not the caller, have to do something about the error. */
export function isOurFault(code: Code): boolean {
  return code === Code.Internal || code === Code.Unknown || code === Code.DataLoss;
}

/** NOT_FOUND for a resource, by its kind ("book") and the name that was asked for. */
export function notFound(kind: string, name: string): ConnectError {
  return new ConnectError(`There is no ${kind} "${name}"`, Code.NotFound);
}

/**
 * INVALID_ARGUMENT for one field, with the same detail as a violated rule of the schema.
 *
 * @param problem - What is wrong and what to do: follows the field's name in the message.
 */
export function invalidField(field: string, problem: string, ruleId = "custom"): ConnectError {
  const value = create(ViolationsSchema, {
    violations: [
      {
        field: { elements: [{ fieldName: field, fieldType: FieldDescriptorProto_Type.STRING }] },
        ruleId,
        message: problem,
      },
    ],
  });
  return new ConnectError(`${field} ${problem}`, Code.InvalidArgument, undefined, [
    { desc: ViolationsSchema, value },
  ]);
}
