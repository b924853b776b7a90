import {
  type ConnectRouter,
  type ConnectRouterOptions,
  createConnectRouter,
} from "@connectrpc/connect";
import { compressionGzip } from "@connectrpc/connect-node";
import type { Config } from "#server/config.ts";
import type { CallPipeline } from "./call-pipeline.ts";
import { admissionGate, messageInterceptor } from "./interceptors.ts";
import type { JsonOptions } from "./read-message.ts";
import { registerServices, type ServedService } from "./routes.ts";
import { warmUpValidation } from "./validation.ts";

/** How JSON is read and written; `registry` for messages within `google.protobuf.Any`. */
export function jsonOptions(config: Config, registry?: JsonOptions["registry"]): JsonOptions {
  const ignoreUnknownFields = config.unknownFields === "ignore";
  return registry === undefined ? { ignoreUnknownFields } : { ignoreUnknownFields, registry };
}

/** These services as Connect serves them, with the pipeline around each call. */
export function createRouter(
  services: readonly ServedService[],
  pipeline: CallPipeline,
  config: Config,
  json: JsonOptions = jsonOptions(config),
): ConnectRouter {
  const router = createConnectRouter(routerOptions(pipeline, config));
  registerServices(router, services, json);
  warmUpValidation(
    services.flatMap(({ service }) => service.methods.map((method) => method.input)),
  );
  return router;
}

/** Our limits in place of the library's, which are unsafe (messages of 4 GiB, no deadline). */
export function routerOptions(pipeline: CallPipeline, config: Config): ConnectRouterOptions {
  return {
    readMaxBytes: config.maxRequestBytes,
    writeMaxBytes: config.maxResponseBytes,
    // Not brotli: the library runs it at its slowest level, and any client may ask for it.
    acceptCompression: [compressionGzip],
    interceptors: [messageInterceptor(pipeline)],
    requestGate: admissionGate(pipeline, config.maxTimeoutMs),
  };
}
