import {
  type ConnectRouter,
  type ConnectRouterOptions,
  createConnectRouter,
} from "@connectrpc/connect";
import { compressionGzip } from "@connectrpc/connect-node";
import type { AppContext } from "#server/context.ts";
import { callRecordKey } from "./call-record.ts";
import { callInterceptor } from "./interceptors.ts";
import { apiServices, routes } from "./routes.ts";
import { warmUpValidation } from "./validation.ts";

export type JsonOptions = NonNullable<ConnectRouterOptions["jsonOptions"]>;

/** A misspelt field is an error that says so, not a search for nothing. */
export const jsonOptions: JsonOptions = { ignoreUnknownFields: false };

/** All services, and what is around each of their calls. */
export function createRouter(context: AppContext): ConnectRouter {
  const router = createConnectRouter(routerOptions(context));
  routes(context)(router);
  warmUpValidation(apiServices.flatMap((service) => service.methods.map((method) => method.input)));
  return router;
}

/** Our limits in place of the library's, which are unsafe (messages of 4 GiB, no deadline). */
export function routerOptions({ config }: Pick<AppContext, "config">): ConnectRouterOptions {
  return {
    readMaxBytes: config.maxRequestBytes,
    writeMaxBytes: config.maxResponseBytes,
    maxTimeoutMs: config.maxTimeoutMs,
    // Not brotli: the library runs it at its slowest level, and any client may ask for it.
    acceptCompression: [compressionGzip],
    jsonOptions,
    interceptors: [callInterceptor({ logQueryChars: config.logQueryChars })],
    requestGate(call) {
      const record = call.values.get(callRecordKey);
      if (record !== undefined) {
        record.context = call;
      }
    },
  };
}
