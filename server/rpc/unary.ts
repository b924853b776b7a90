/**
 * Unary calls without the machinery for streams: the methods of the same services, called directly.
 *
 * Connect serves every call through async iterators, headers objects and abort signals, whether they
 * are needed or not, at several times the cost of the call itself (bench/protocols). Here they are
 * made when a method asks for them. REST and the fast paths call methods this way.
 */
import type { DescMethod, DescMethodUnary, DescService, Message } from "@bufbuild/protobuf";
import { type ContextValues, createContextValues, type HandlerContext } from "@connectrpc/connect";
import { type Call, callKey, timedOut } from "./call.ts";
import type { CallPipeline } from "./call-pipeline.ts";
import type { EncodedMethod } from "./encoded-method.ts";
import type { ServedService } from "./routes.ts";

/** A message, or a plain object that one could be made from, by the names of its fields. */
export type MessageLike = Readonly<Record<string, unknown>>;

type Implementation = (request: Message, context: HandlerContext) => unknown;

/** A unary method and what implements it. */
export type UnaryMethod = {
  method: DescMethodUnary;
  implementation: Implementation;
  /** The same from bytes to bytes, where it can be had without making messages. */
  encoded?: EncodedMethod | undefined;
};

/** The unary methods of these services by path ("/bookfinder.v1.BookService/SearchBooks"). */
export function unaryMethods(services: readonly ServedService[]): ReadonlyMap<string, UnaryMethod> {
  const methods = new Map<string, UnaryMethod>();
  for (const { service, implementation, encoded } of services) {
    for (const method of service.methods) {
      // What a service implements is known by the names of its schema.
      const found = (implementation as Record<string, Implementation>)[method.localName];
      if (method.methodKind === "unary" && found !== undefined) {
        // The check above narrows the method's kind, which TypeScript does not see.
        methods.set(pathOf(method), {
          method: method as DescMethodUnary,
          implementation: found,
          encoded: encoded?.get(method),
        });
      }
    }
  }
  return methods;
}

/** The path at which a method is called. */
export function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

/** The context of one unary call, whose parts are made when they are asked for. */
export class UnaryContext implements HandlerContext {
  readonly call: Call;
  readonly requestMethod: string;
  readonly #url: () => string;
  #requestHeader: Headers | undefined;
  #responseHeader: Headers | undefined;
  #responseTrailer: Headers | undefined;
  #values: ContextValues | undefined;

  /** @param url - Makes the URL of the request. */
  constructor(call: Call, requestMethod: string, url: () => string) {
    this.call = call;
    this.requestMethod = requestMethod;
    this.#url = url;
  }

  get method(): DescMethod {
    return this.call.method;
  }

  get service(): DescService {
    return this.call.method.parent;
  }

  get protocolName(): string {
    return this.call.protocol;
  }

  get url(): string {
    return this.#url();
  }

  timeoutMs = (): number | undefined => this.call.remainingMs();

  get signal(): AbortSignal {
    return this.call.signal;
  }

  get requestHeader(): Headers {
    this.#requestHeader ??= toHeaders(this.call.headers);
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
    this.#values ??= createContextValues().set(callKey, this.call);
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
}

/**
 * Calls a unary method, once its call is admitted: checks the request, minds the deadline.
 *
 * @throws {ConnectError} whatever goes wrong; the call's record has the cause.
 */
export async function callUnary(
  { method, implementation }: UnaryMethod,
  request: Message,
  context: UnaryContext,
  pipeline: CallPipeline,
): Promise<MessageLike> {
  const { call } = context;
  try {
    // Asked again, because a method must not run for a call that nobody has let in.
    await pipeline.admit(call);
    call.hasMessage = true;
    pipeline.check(method.input, request, call.record);
    call.throwIfLate();
    const answer = await beforeDeadline(implementation(request, context), call);
    // A method returns a message or what one is made from; both are objects of fields.
    return answer as MessageLike;
  } catch (error) {
    throw pipeline.translate(error, call.record);
  }
}

/** The answer, unless its call's deadline comes first: then DEADLINE_EXCEEDED. */
export async function beforeDeadline<T>(answer: T | Promise<T>, call: Call): Promise<T> {
  const remainingMs = call.remainingMs();
  if (remainingMs === undefined || !(answer instanceof Promise)) {
    return answer;
  }
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => {
      const error = timedOut();
      call.abort(error);
      reject(error);
    },
    Math.max(0, remainingMs),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Header fields as the standard class has them; pseudo-headers of HTTP/2 are left out. */
export function toHeaders(fields: Call["headers"]): Headers {
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
