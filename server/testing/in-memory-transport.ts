import { createRouterTransport, type Transport } from "@connectrpc/connect";
import type { AppContext } from "#server/context.ts";
import { callSteps, createCallPipeline } from "#server/rpc/call-pipeline.ts";
import { routerOptions } from "#server/rpc/router.ts";
import { registerServices, servedServices } from "#server/rpc/routes.ts";

/** Calls the services without a port, through the same pipeline. */
export function inMemoryTransport(context: AppContext): Transport {
  const pipeline = createCallPipeline(callSteps(context));
  return createRouterTransport((router) => registerServices(router, servedServices(context)), {
    router: routerOptions(pipeline, context.config),
  });
}
