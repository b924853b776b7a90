/** Parameters of a query string, in either spelling of their names: page_size and pageSize. */
import { invalidField } from "#server/rpc/errors.ts";

/** The value of a parameter; empty where it isn't given. */
export function textParameter(parameters: URLSearchParams, name: string): string {
  const camelCase = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return parameters.get(name) ?? parameters.get(camelCase) ?? "";
}

/** @throws {ConnectError} INVALID_ARGUMENT when it is no whole number that a field can hold. */
export function numberParameter(parameters: URLSearchParams, name: string): number {
  const text = textParameter(parameters, name) || "0";
  if (!/^-?\d{1,9}$/.test(text)) {
    throw invalidField(name, `must be a whole number, not "${text}"`);
  }
  return Number(text);
}

/** @throws {ConnectError} INVALID_ARGUMENT when it is neither true nor false. */
export function booleanParameter(parameters: URLSearchParams, name: string): boolean {
  const text = textParameter(parameters, name) || "false";
  if (text !== "true" && text !== "false") {
    throw invalidField(name, `must be true or false, not "${text}"`);
  }
  return text === "true";
}

/** Values that are given several times, or separated by commas. */
export function listParameter(parameters: URLSearchParams, name: string): string[] {
  const camelCase = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return [...new Set([name, camelCase])]
    .flatMap((each) => parameters.getAll(each))
    .flatMap((text) => text.split(","))
    .filter((text) => text !== "");
}
