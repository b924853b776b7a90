import { create, type DescMethod } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";

/** Stands for an answer where an error was looked for. */
export const answered = new ConnectError("It was answered", Code.Unknown);

/** What a call fails with. */
export async function failure(call: Promise<unknown>): Promise<ConnectError> {
  try {
    await call;
  } catch (error) {
    return ConnectError.from(error);
  }
  throw answered;
}

/** Calls a method of any kind with an empty message; what it fails with, or `answered`. */
export async function failureOf(
  transport: Transport,
  method: DescMethod,
  headers: Record<string, string> = {},
): Promise<ConnectError> {
  const input = create(method.input);
  const timeoutMs = 10_000;
  try {
    if (method.methodKind === "unary") {
      // The kind was asked for, which the types of lists of methods don't follow.
      const unary = method as Parameters<Transport["unary"]>[0];
      await transport.unary(unary, undefined, timeoutMs, headers, input);
      return answered;
    }
    async function* one() {
      yield input;
    }
    const stream = method as Parameters<Transport["stream"]>[0];
    const controller = new AbortController();
    const { message } = await transport.stream(
      stream,
      controller.signal,
      timeoutMs,
      headers,
      one(),
    );
    for await (const _ of message) {
      // Whatever comes is one answer too many; the test sees that no error does.
      controller.abort();
      return answered;
    }
    return answered;
  } catch (error) {
    return ConnectError.from(error);
  }
}
