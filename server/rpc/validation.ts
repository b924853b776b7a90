/** Checks requests against the rules of the schema and says in words what is wrong. */
import { create, type DescField, type DescMessage, type MessageShape } from "@bufbuild/protobuf";
import { pathToString } from "@bufbuild/protobuf/reflect";
import { createValidator, type Violation, violationsToProto } from "@bufbuild/protovalidate";
import { apiError, badRequest } from "./errors.ts";
import { valueNames } from "./read-message.ts";

const validator = createValidator();

/** As many are named; an answer of gRPC carries them in headers, which clients bound. */
const VIOLATIONS_MAX = 8;

/**
 * Checks a request.
 *
 * @throws {ConnectError} INVALID_ARGUMENT naming each field, its limit and the way out, with a
 * `buf.validate.Violations` detail.
 */
export function validateRequest<T extends DescMessage>(schema: T, message: MessageShape<T>): void {
  const result = validator.validate(schema, message);
  if (result.kind === "valid") {
    return;
  }
  if (result.kind === "error") {
    // The rules themselves are wrong: our fault, not the caller's.
    throw result.error;
  }
  const violations = result.violations.slice(0, VIOLATIONS_MAX);
  const text = violations.map((violation) => inWords(violation)).join("; ");
  const [value, desc] = violationsToProto(violations);
  const problems = violations.map((violation) => ({
    field: pathToString(violation.field),
    description: inWords(violation),
    reason: violation.ruleId,
  }));
  throw apiError("FIELD_INVALID", text, {
    details: [badRequest(problems), { desc, value }],
    cause: result.error,
  });
}

/** Compiles the rules of these messages, which would otherwise cost the first caller up to 80 ms. */
export function warmUpValidation(schemas: readonly DescMessage[]): void {
  for (const schema of schemas) {
    validator.validate(schema, create(schema));
  }
}

function inWords(violation: Violation): string {
  const field = pathToString(violation.field);
  const last = violation.field.findLast((part) => part.kind === "field");
  const hint = last === undefined ? undefined : hintOf(last, violation.ruleId);
  return `${field}: ${violation.message}${hint === undefined ? "" : `; ${hint}`}`;
}

function hintOf({ name, parent, enum: enumeration }: DescField, rule: string): string | undefined {
  if (rule === "enum.defined_only" && enumeration !== undefined) {
    return `send one of ${valueNames(enumeration)}`;
  }
  // Lists of a few have no further pages.
  const isPaged = parent.fields.some((field) => field.name === "page_token");
  return name === "page_size" && !isPaged ? "ask for fewer" : hints[name];
}

/** The way out, by the name of the field. */
const hints: Readonly<Record<string, string>> = {
  query: "shorten it to the words that matter",
  page_size: "ask for fewer and follow next_page_token",
  page_token: "pass next_page_token of the page before as it is, or leave it empty",
  name: 'names look like "books/OL27448W" or "authors/OL26320A"',
  parent: 'names of books look like "books/OL27448W"',
  preferred_languages: 'send up to ten codes such as "eng" or "en-GB"',
  any_of: "filter by at most 20 values of at most 200 characters",
  none_of: "exclude at most 20 values of at most 200 characters",
};
