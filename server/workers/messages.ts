/** What the heads of the frames say. */
import { create, type JsonValue, toBinary, toJson } from "@bufbuild/protobuf";
import type { Code, ConnectError } from "@connectrpc/connect";
import { BadPageTokenError } from "#server/catalog/catalog.ts";
import type { Codec } from "#server/rpc/encoded-method.ts";
import { errorOfProcess, isOurFault } from "#server/rpc/errors.ts";

/** Asks a process to open the catalogue file that is at a path now. */
export type OpenHead = { generation: number; path: string };

/** What it has opened; times as numbers. */
export type OpenedHead = {
  revision: string;
  workCount: number;
  editionCount: number;
  authorCount: number;
  source: string;
  buildTimeMs: number;
};

/** Asks for the answer of a unary method to an encoded request. */
export type CallHead = {
  generation: number;
  path: string;
  codec: Codec;
  /** How long the caller still waits. */
  remainingMs?: number | undefined;
  maxResponseBytes: number;
  logQueryChars: number;
  ignoreUnknownFields: boolean;
};

/** Methods of `Catalog` that take one argument, beside how long there is time, and read. */
export type CatalogMethod =
  | "search"
  | "suggest"
  | "getWork"
  | "listEditions"
  | "similarBooks"
  | "match"
  | "getAuthor";

/** Asks for what a method of `Catalog` returns; the body has its argument. */
export type CatalogCallHead = {
  generation: number;
  method: CatalogMethod;
  remainingMs?: number | undefined;
};

/** What comes with an answer. */
export type AnswerHead = {
  /** Headers that the method has set. */
  headers?: Record<string, string>;
  isCompressed?: boolean;
  /** What was searched for, as far as the log may show it. */
  query?: string | undefined;
  /** Paths of fields in the request that the schema does not have. */
  unknownFields?: string[];
  /** What the work took. */
  ms: number;
};

/** An error, as it can be told to callers, and its cause for the log. */
export type FailureHead = {
  message: string;
  code: Code;
  headers: [string, string][];
  details: { type: string; value: string; debug?: JsonValue | undefined }[];
  stack?: string | undefined;
  /** What a `BadPageTokenError` says, for those who ask the catalogue itself. */
  badPageToken?: string | undefined;
  query?: string | undefined;
  ms: number;
};

/** An error of a method, translated, as a head. */
export function toFailure(error: ConnectError): Omit<FailureHead, "ms" | "query"> {
  const { cause } = error;
  const details = error.details.map((detail) => {
    if (!("desc" in detail)) {
      return { type: detail.type, value: toBase64(detail.value), debug: detail.debug };
    }
    const message = create(detail.desc, detail.value);
    return {
      type: detail.desc.typeName,
      value: toBase64(toBinary(detail.desc, message)),
      debug: toJson(detail.desc, message),
    };
  });
  return {
    message: error.rawMessage,
    code: error.code,
    headers: [...error.metadata],
    details,
    stack: isOurFault(error.code) && cause instanceof Error ? cause.stack : undefined,
  };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** The same error on this side; its cause has the stack of the other. */
export function fromFailure(failure: FailureHead): ConnectError | BadPageTokenError {
  if (failure.badPageToken !== undefined) {
    return new BadPageTokenError(failure.badPageToken);
  }
  const { message, code, headers, details, stack } = failure;
  const cause = stack === undefined ? undefined : Object.assign(new Error(message), { stack });
  const decoded = details.map(({ type, value, debug }) => ({
    type,
    value: new Uint8Array(Buffer.from(value, "base64")),
    ...(debug === undefined ? {} : { debug }),
  }));
  return errorOfProcess(code, message, decoded, headers, cause);
}
