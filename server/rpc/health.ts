/** The standard gRPC health service: grpc.health.v1.Health. */
import type { ServiceImpl } from "@connectrpc/connect";
import {
  HealthCheckResponse_ServingStatus,
  type Health as HealthService,
} from "#proto/grpc/health/v1/health_pb.ts";
import { nothingFound } from "./errors.ts";

/** Whether this server wants to be sent requests; starts as "yes", ends as "no". */
export class Health {
  readonly #services: ReadonlySet<string>;
  readonly #waiting = new Set<() => void>();
  #isServing = true;

  /** @param services - Full names of the services; each is as healthy as the server. */
  constructor(services: Iterable<string>) {
    this.#services = new Set(["", ...services]);
  }

  get services(): Iterable<string> {
    return this.#services;
  }

  get isServing(): boolean {
    return this.#isServing;
  }

  /** From now on the server only finishes what it has begun. */
  stopServing(): void {
    this.#isServing = false;
    for (const resume of this.#waiting) {
      resume();
    }
  }

  has(service: string): boolean {
    return this.#services.has(service);
  }

  /** Resolves when the server stops serving or the signal is aborted, whichever is first. */
  async untilStopped(signal: AbortSignal): Promise<void> {
    if (!this.#isServing || signal.aborted) {
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => resolve(), { once: true });
    this.#waiting.add(resolve);
    await promise;
    this.#waiting.delete(resolve);
  }
}

/** The service, reporting that health. */
export function healthService(health: Health): ServiceImpl<typeof HealthService> {
  const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = HealthCheckResponse_ServingStatus;
  const status = () => (health.isServing ? SERVING : NOT_SERVING);
  return {
    check({ service }) {
      if (!health.has(service)) {
        throw nothingFound("service", service, `There is no service "${service}" here`);
      }
      return { status: status() };
    },
    list() {
      const services = [...health.services];
      return { statuses: Object.fromEntries(services.map((name) => [name, { status: status() }])) };
    },
    async *watch({ service }, { signal }) {
      if (!health.has(service)) {
        // Not an error: the protocol lets clients wait for a service that may appear.
        yield { status: SERVICE_UNKNOWN };
        await health.untilStopped(signal);
        return;
      }
      const wasServing = health.isServing;
      yield { status: status() };
      await health.untilStopped(signal);
      if (wasServing && !signal.aborted) {
        yield { status: status() };
      }
    },
  };
}
