import { Code, createClient, createRouterTransport } from "@connectrpc/connect";
import { describe, expect, test } from "vitest";
import {
  Health as HealthService,
  HealthCheckResponse_ServingStatus as Status,
} from "#proto/grpc/health/v1/health_pb.ts";
import { Health, healthService } from "./health.ts";

function start() {
  const health = new Health(["a.Service"]);
  const transport = createRouterTransport((router) => {
    router.service(HealthService, healthService(health));
  });
  return { health, client: createClient(HealthService, transport) };
}

describe("health", () => {
  test("is that of the server for each service", async () => {
    const { health, client } = start();
    expect(await client.check({})).toMatchObject({ status: Status.SERVING });
    expect(await client.check({ service: "a.Service" })).toMatchObject({ status: Status.SERVING });
    health.stopServing();
    expect(await client.check({ service: "a.Service" })).toMatchObject({
      status: Status.NOT_SERVING,
    });
    const { statuses } = await client.list({});
    expect(Object.keys(statuses)).toEqual(["", "a.Service"]);
    expect(statuses[""]).toMatchObject({ status: Status.NOT_SERVING });
  });

  test("of a service that is not here is unknown", async () => {
    const { client } = start();
    await expect(client.check({ service: "b" })).rejects.toMatchObject({ code: Code.NotFound });
  });

  test("can be watched until the server stops", async () => {
    const { health, client } = start();
    const seen: Status[] = [];
    for await (const { status } of client.watch({})) {
      seen.push(status);
      health.stopServing();
    }
    expect(seen).toEqual([Status.SERVING, Status.NOT_SERVING]);
  });

  test("can be watched after the server has stopped", async () => {
    const { health, client } = start();
    health.stopServing();
    const seen: Status[] = [];
    for await (const { status } of client.watch({})) {
      seen.push(status);
    }
    expect(seen).toEqual([Status.NOT_SERVING]);
  });

  test("can be watched for a service that is not here yet, and given up", async () => {
    const { client } = start();
    const controller = new AbortController();
    const watch = client.watch({ service: "b" }, { signal: controller.signal });
    const seen: Status[] = [];
    await expect(
      (async () => {
        for await (const { status } of watch) {
          seen.push(status);
          controller.abort();
        }
      })(),
    ).rejects.toMatchObject({ code: Code.Canceled });
    expect(seen).toEqual([Status.SERVICE_UNKNOWN]);
  });

  test("ends when too many calls fail by no fault of their callers, and comes back", async () => {
    const { health, client } = start();
    const isServing = async () => (await client.check({})).status === Status.SERVING;
    for (let count = 0; count < 4; count += 1) {
      health.note(true);
    }
    expect(await isServing()).toBe(true);
    health.note(true);
    expect(await isServing()).toBe(false);
    for (let count = 0; count < 100; count += 1) {
      health.note(false);
    }
    expect(await isServing()).toBe(true);
  });

  test("ends while nothing can be searched, which watchers hear of", async () => {
    const { health, client } = start();
    const seen: Status[] = [];
    for await (const { status } of client.watch({})) {
      seen.push(status);
      if (seen.length === 3) {
        break;
      }
      health.setObstacle(seen.length === 1 ? "the catalogue is being copied" : "");
    }
    expect(seen).toEqual([Status.SERVING, Status.NOT_SERVING, Status.SERVING]);
  });

  test("is watched by those who come later, too, if one client watches a lot", async () => {
    const health = new Health([]);
    const controller = new AbortController();
    const watch = (client: string) => health.untilOther(true, client, controller.signal);
    const greedy = Promise.allSettled(Array.from({ length: 200 }, () => watch("greedy")));
    const modest = Promise.allSettled(Array.from({ length: 3 }, () => watch("modest")));
    await expect(watch("greedy")).rejects.toMatchObject({ code: Code.ResourceExhausted });
    controller.abort();
    // Those who had watched longest made place.
    const statuses = (await greedy).map(({ status }) => status);
    expect(statuses.slice(0, 3)).toEqual(["rejected", "rejected", "rejected"]);
    expect(new Set(statuses.slice(3))).toEqual(new Set(["fulfilled"]));
    expect((await modest).map(({ status }) => status)).not.toContain("rejected");
  });

  test("is watched by a limited number of clients", async () => {
    const { client } = start();
    const controller = new AbortController();
    const watch = async () => {
      for await (const _ of client.watch({}, { signal: controller.signal })) {
        // Goes on watching.
      }
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 201 }, async (_, index) => {
        const watching = watch();
        if (index === 200) {
          await watching.catch((error: unknown) => {
            controller.abort();
            throw error;
          });
        }
        return watching;
      }),
    );
    const last = outcomes.at(-1);
    expect(last).toMatchObject({ reason: { code: Code.ResourceExhausted } });
  });
});
