/** The standard gRPC health service: grpc.health.v1.Health. */
import type { ServiceImpl } from "@connectrpc/connect";
import {
  HealthCheckResponse_ServingStatus,
  type Health as HealthService,
} from "#proto/grpc/health/v1/health_pb.ts";
import { clientOf } from "./call.ts";
import { nothingFound, retryLater } from "./errors.ts";
import { FaultWindow } from "./fault-window.ts";

/** Those who watch cost memory for as long as they like; there are as many as balancers and tools. */
const MAX_WATCHERS = 200;
/** When somebody who is one too many may ask again. */
const WATCH_RETRY_MS = 10_000;
/** Watchers hear of a change at most so late. */
const WATCH_MS = 1000;

type Watcher = {
  client: string;
  resume: () => void;
  refuse: (reason: unknown) => void;
};

/** Whether this server wants to be sent requests: while it can serve them, until it stops. */
export class Health {
  readonly #services: ReadonlySet<string>;
  readonly #faults = new FaultWindow();
  /** In the order in which they came. */
  readonly #watchers = new Set<Watcher>();
  #isStopping = false;
  /** What would keep every search from being answered, by who says so. */
  readonly #obstacles = new Map<string, string>();

  /** @param services - Full names of the services; each is as healthy as the server. */
  constructor(services: Iterable<string>) {
    this.#services = new Set(["", ...services]);
  }

  get services(): Iterable<string> {
    return this.#services;
  }

  get isServing(): boolean {
    return !this.#isStopping && this.#obstacles.size === 0 && !this.#faults.isFaulty;
  }

  /** True from the moment on when the server only finishes what it has begun. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** From now on the server only finishes what it has begun. */
  stopServing(): void {
    this.#isStopping = true;
    for (const { resume } of this.#watchers) {
      resume();
    }
  }

  /** Notes the end of a call; `isFault` if it failed and not by its caller's doing. */
  note(isFault: boolean): void {
    this.#faults.note(isFault);
  }

  /**
   * Says that nothing can be searched at present, and why; empty when it can again.
   *
   * @param source - Of several who may say so.
   */
  setObstacle(obstacle: string, source = "search"): void {
    if (obstacle === "") {
      this.#obstacles.delete(source);
    } else {
      this.#obstacles.set(source, obstacle);
    }
  }

  has(service: string): boolean {
    return this.#services.has(service);
  }

  /**
   * Resolves when the server serves, or not, other than it did; when it stops for good; or when the
   * signal is aborted.
   *
   * @param client - Who watches; if there are too many, the client with most of them has one less.
   * @throws {ConnectError} RESOURCE_EXHAUSTED when too many watch.
   */
  async untilOther(wasServing: boolean, client: string, signal: AbortSignal): Promise<void> {
    if (this.#watchers.size >= MAX_WATCHERS) {
      this.#makePlace(client);
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const looking = setInterval(() => {
      if (this.isServing !== wasServing) {
        resolve();
      }
    }, WATCH_MS).unref();
    signal.addEventListener("abort", () => resolve(), { once: true });
    const watcher: Watcher = { client, resume: resolve, refuse: reject };
    this.#watchers.add(watcher);
    if (this.#isStopping || signal.aborted || this.isServing !== wasServing) {
      resolve();
    }
    try {
      await promise;
    } finally {
      clearInterval(looking);
      this.#watchers.delete(watcher);
    }
  }

  /** Refuses the newcomer, or who has watched longest of a client with more watchers than its own. */
  #makePlace(newcomer: string): void {
    const byClient = Map.groupBy(this.#watchers, ({ client }) => client);
    const [most = []] = [...byClient.values()].toSorted((one, other) => other.length - one.length);
    const [longest] = most;
    const message = `More than ${MAX_WATCHERS} clients watch; ask Check now and then instead`;
    const refusal = retryLater("TOO_MANY_STREAMS", message, WATCH_RETRY_MS);
    if (longest === undefined || most.length <= (byClient.get(newcomer)?.length ?? 0) + 1) {
      throw refusal;
    }
    this.#watchers.delete(longest);
    longest.refuse(refusal);
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
    async *watch({ service }, context) {
      const { signal } = context;
      // An unknown one is no error: the protocol lets clients wait for a service that may appear.
      const current = () => (health.has(service) ? status() : SERVICE_UNKNOWN);
      let last: HealthCheckResponse_ServingStatus | undefined;
      while (!signal.aborted) {
        const { isServing, isStopping } = health;
        const next = current();
        if (next !== last) {
          last = next;
          yield { status: next };
        } else if (isStopping) {
          return;
        } else {
          await health.untilOther(isServing, clientOf(context), signal);
        }
      }
    },
  };
}
