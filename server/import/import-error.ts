/** An import that can't go on or is refused; the message says what, where and what to do. */
export class ImportError extends Error {
  override name = "ImportError";
}
