/** Why a write is refused; messages are fit for the caller. */

/** There is nothing of that name to write to. */
export class NothingThereError extends Error {
  override name = "NothingThereError";
  /** "book" */
  readonly kind: string;
  readonly key: string;

  /** @param message - Where there is more to say than that it isn't there. */
  constructor(kind: string, key: string, message = `There is no ${kind} "${key}"`) {
    super(message);
    this.kind = kind;
    this.key = key;
  }
}

/** Somebody else wrote first: the caller has seen what is no more. */
export class StaleEtagError extends Error {
  override name = "StaleEtagError";

  constructor() {
    super(
      "It was changed since you read it: the etag is not the present one. Read it again, see what changed, and write again with its etag",
    );
  }
}

/** A field can't be written as it is; `field` is its name in the API. */
export class BadFieldError extends Error {
  override name = "BadFieldError";
  readonly field: string;

  constructor(field: string, problem: string) {
    super(problem);
    this.field = field;
  }
}

/** Nothing can be written here at all. */
export class ReadOnlyError extends Error {
  override name = "ReadOnlyError";
}
