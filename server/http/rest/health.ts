import { create } from "@bufbuild/protobuf";
import {
  Health,
  HealthCheckRequestSchema,
  HealthCheckResponse_ServingStatus,
} from "#proto/grpc/health/v1/health_pb.ts";
import type { RestOperation } from "./rest-route.ts";

/** `GET /healthz`, for load balancers that know no gRPC. */
export const health: RestOperation = {
  rpc: Health.method.check,
  toRequest: () => create(HealthCheckRequestSchema),
  toAnswer({ status }) {
    const isServing = status === HealthCheckResponse_ServingStatus.SERVING;
    return {
      status: isServing ? 200 : 503,
      body: { status: isServing ? "SERVING" : "NOT_SERVING" },
      headers: { "cache-control": "no-store" },
    };
  },
};
