/**
 * Unary calls without the machinery for streams: the methods of the same routes, called directly.
 *
 * Connect serves every call through async iterators, headers objects and abort signals, whether they
 * are needed or not, at several times the cost of the call itself (bench/protocols). Here they are
 * made when a method asks for them. What is unusual about a request is still left to Connect.
 */
import type { DescMethod, DescMethodUnary, DescService, Message } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ConnectRouter,
  type ContextValues,
  createContextValues,
  type HandlerContext,
} from "@connectrpc/connect";
import { type CallRecord, callRecordKey } from "./call-record.ts";
import type { MessageLike } from "./codec/compile.ts";
import { checkRequest, noted } from "./interceptors.ts";

type Implementation = (request: Message, context: HandlerContext) => unknown;

/** A unary method and what implements it. */
export type UnaryMethod = { method: DescMethodUnary; implementation: Implementation };

/** The unary methods of these routes by path ("/bookfinder.v1.BookService/SearchBooks"). */
export function unaryMethods(
  routes: (router: ConnectRouter) => void,
): ReadonlyMap<string, UnaryMethod> {
  const methods = new Map<string, UnaryMethod>();
  const recorder: ConnectRouter = {
    handlers: [],
    service(service: DescService, implementation: object) {
      for (const method of service.methods) {
        // What a service implements is known by the names of its schema.
        const found = (implementation as Record<string, Implementation>)[method.localName];
        if (method.methodKind === "unary" && found !== undefined) {
          const path = `/${service.typeName}/${method.name}`;
          // The check above narrows the method's kind, which TypeScript does not see.
          methods.set(path, { method: method as DescMethodUnary, implementation: found });
        }
      }
      return recorder;
    },
    rpc() {
      throw new Error("Routes register whole services");
    },
  };
  routes(recorder);
  return methods;
}

export type UnaryCallOptions = {
  method: DescMethod;
  protocolName: string;
  requestMethod: string;
  url: string;
  /** Header fields of the request, by lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  timeoutMs: number | undefined;
  record: CallRecord;
};

/** The context of one unary call, whose parts are made when they are asked for. */
export class UnaryCall implements HandlerContext {
  readonly method: DescMethod;
  readonly service: DescService;
  readonly protocolName: string;
  readonly requestMethod: string;
  readonly url: string;
  readonly record: CallRecord;
  readonly #headers: UnaryCallOptions["headers"];
  readonly #deadlineMs: number | undefined;
  #controller: AbortController | undefined;
  #requestHeader: Headers | undefined;
  #responseHeader: Headers | undefined;
  #responseTrailer: Headers | undefined;
  #values: ContextValues | undefined;

  constructor(options: UnaryCallOptions) {
    this.method = options.method;
    this.service = options.method.parent;
    this.protocolName = options.protocolName;
    this.requestMethod = options.requestMethod;
    this.url = options.url;
    this.record = options.record;
    this.#headers = options.headers;
    this.#deadlineMs =
      options.timeoutMs === undefined ? undefined : performance.now() + options.timeoutMs;
  }

  timeoutMs = (): number | undefined =>
    this.#deadlineMs === undefined ? undefined : this.#deadlineMs - performance.now();

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  get requestHeader(): Headers {
    this.#requestHeader ??= toHeaders(this.#headers);
    return this.#requestHeader;
  }

  get responseHeader(): Headers {
    this.#responseHeader ??= new Headers();
    return this.#responseHeader;
  }

  get responseTrailer(): Headers {
    this.#responseTrailer ??= new Headers();
    return this.#responseTrailer;
  }

  get values(): ContextValues {
    this.#values ??= createContextValues().set(callRecordKey, this.record);
    return this.#values;
  }

  /** What the method has set, as plain objects. */
  setHeaders(): Record<string, string> {
    return this.#responseHeader === undefined ? {} : Object.fromEntries(this.#responseHeader);
  }

  /** What the method has set, as plain objects. */
  setTrailers(): Record<string, string> {
    return this.#responseTrailer === undefined ? {} : Object.fromEntries(this.#responseTrailer);
  }

  /** Tells the method, if it listens, that nobody waits for it any more. */
  abort(reason: unknown): void {
    this.#controller?.abort(reason);
  }
}

/**
 * Calls a unary method: checks the request, minds the deadline.
 *
 * @throws {ConnectError} whatever goes wrong; the call's record has the cause.
 */
export async function callUnary(
  { method, implementation }: UnaryMethod,
  request: Message,
  call: UnaryCall,
  logQueryChars: number,
): Promise<MessageLike> {
  try {
    checkRequest(method.input, request, call.record, logQueryChars);
    const answer = await beforeDeadline(implementation(request, call), call);
    // A method returns a message or what one is made from; both are objects of fields.
    return answer as MessageLike;
  } catch (error) {
    throw noted(error, call.record);
  }
}

async function beforeDeadline(answer: unknown, call: UnaryCall): Promise<unknown> {
  const timeoutMs = call.timeoutMs();
  if (timeoutMs === undefined || !(answer instanceof Promise)) {
    return answer;
  }
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => {
      const error = new ConnectError("the operation timed out", Code.DeadlineExceeded);
      call.abort(error);
      reject(error);
    },
    Math.max(0, timeoutMs),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Header fields as the standard class has them; pseudo-headers of HTTP/2 are left out. */
export function toHeaders(fields: UnaryCallOptions["headers"]): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields)) {
    if (!name.startsWith(":") && value !== undefined) {
      for (const each of typeof value === "string" ? [value] : value) {
        headers.append(name, each);
      }
    }
  }
  return headers;
}
