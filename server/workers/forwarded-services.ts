import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type Message,
  toBinary,
} from "@bufbuild/protobuf";
import { ConnectError, type HandlerContext } from "@connectrpc/connect";
import { callKey } from "#server/rpc/call.ts";
import type { EncodedMethod } from "#server/rpc/encoded-method.ts";
import type { ServedService } from "#server/rpc/routes.ts";
import type { EncodedAnswers } from "./encoded-answers.ts";

/**
 * The same services, answered by the workers: from bytes to bytes for those who have bytes, and as
 * messages for everybody else (REST, Connect's own handlers).
 */
export function forwardedServices(
  services: readonly ServedService[],
  answers: EncodedAnswers,
): ServedService[] {
  return services.map(({ service, implementation }) => {
    const encoded = new Map<DescMethod, EncodedMethod>();
    const forwarding: Record<string, unknown> = {};
    for (const method of service.methods) {
      if (method.methodKind === "unary" && method.localName in implementation) {
        const each = answers.method(method);
        encoded.set(method, each);
        forwarding[method.localName] = forwarder(method.input, method.output, each);
      }
    }
    return { service, implementation: forwarding, encoded };
  });
}

function forwarder(input: DescMessage, output: DescMessage, encoded: EncodedMethod) {
  return async (request: Message, context: HandlerContext): Promise<Message> => {
    const call = context.values.get(callKey);
    if (call === undefined) {
      throw new Error("A call has come to its method without the pipeline");
    }
    const answer = await encoded(call, "proto", toBinary(input, request));
    if (answer instanceof ConnectError) {
      throw answer;
    }
    for (const [name, value] of Object.entries(answer.headers)) {
      context.responseHeader.set(name, value);
    }
    return answer.body.length === 0 ? create(output) : fromBinary(output, answer.body);
  };
}
