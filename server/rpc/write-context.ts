import type { HandlerContext } from "@connectrpc/connect";
import type { WriteContext } from "#server/edits/record-write.ts";
import { BadFieldError } from "#server/edits/write-errors.ts";
import { addressOf, principalOf } from "./call.ts";

/** Who writes, from where, and how the request wants it done. */
export function writeContextOf(
  request: { validateOnly: boolean; requestId: string },
  context: Pick<HandlerContext, "values">,
): WriteContext {
  return {
    actor: principalOf(context).subject,
    address: addressOf(context),
    validateOnly: request.validateOnly,
    requestId: request.requestId,
  };
}

/** A message that the request must have. @throws {BadFieldError} when it has none. */
export function requiredMessage<T>(field: string, message: T | undefined): T {
  if (message === undefined) {
    throw new BadFieldError(field, "is missing");
  }
  return message;
}

/** The keys in a resource name. @throws {BadFieldError} when it is of another form. */
export function checkedName(
  field: string,
  name: string,
  pattern: RegExp,
  example: string,
): string[] {
  const found = pattern.exec(name);
  if (found === null) {
    throw new BadFieldError(field, `must be a name such as "${example}"`);
  }
  return found.slice(1);
}

/** What reads a part of a request, whose fields are named as those of the request. */
export async function within<T>(part: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // The mask is the request's.
    if (error instanceof BadFieldError && error.field !== "update_mask") {
      throw new BadFieldError(`${part}.${error.field}`, error.message);
    }
    throw error;
  }
}
