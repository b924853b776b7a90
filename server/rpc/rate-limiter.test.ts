import { ConnectError } from "@connectrpc/connect";
import { describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { RetryInfoSchema } from "#proto/google/rpc/error_details_pb.ts";
import { Health } from "#proto/grpc/health/v1/health_pb.ts";
import { Call } from "./call.ts";
import { anonymousReader } from "./principal.ts";
import { RateLimiter } from "./rate-limiter.ts";

type From = { address?: string; subject?: string; atMs?: number };

function aCall({ address = "192.0.2.1", subject = "", atMs = 0 }: From = {}): Call {
  const call = new Call({
    method: BookService.method.searchBooks,
    protocol: "connect",
    headers: {},
    peer: () => ({ address }),
    record: { requestId: "", startMs: atMs },
    maxTimeoutMs: 1000,
  });
  if (subject !== "") {
    call.principal = { ...anonymousReader, kind: "apiKey", subject };
  }
  return call;
}

/** What a caller is told; of a refusal also why. */
function told(limiter: RateLimiter, from: From): Record<string, unknown> {
  const call = aCall(from);
  try {
    limiter.count(call);
    return { ...call.answerHeaders };
  } catch (error) {
    const refusal = ConnectError.from(error);
    const [retry] = refusal.findDetails(RetryInfoSchema);
    return {
      ...call.answerHeaders,
      message: refusal.rawMessage,
      "retry-after": refusal.metadata.get("retry-after"),
      delaySeconds: Number(retry?.retryDelay?.seconds),
    };
  }
}

describe("calls of one client", () => {
  test("are counted in a minute that begins with the first, and refused beyond the limit", () => {
    const limiter = new RateLimiter(2);
    const policy = { "ratelimit-policy": '"address";q=2;w=60' };
    expect(told(limiter, { atMs: 100_000.1 })).toEqual({
      ...policy,
      ratelimit: '"address";r=1;t=60',
    });
    expect(told(limiter, { atMs: 130_000.1 })).toEqual({
      ...policy,
      ratelimit: '"address";r=0;t=30',
    });
    expect(told(limiter, { atMs: 137_000.7 })).toEqual({
      ...policy,
      ratelimit: '"address";r=0;t=23',
      message:
        "More than 2 calls a minute from your address; try again in 23 seconds, and ask less often",
      "retry-after": "23",
      delaySeconds: 23,
    });
    expect(told(limiter, { atMs: 160_000.1 })).toMatchObject({ ratelimit: '"address";r=1;t=60' });
  });

  test("are counted apart from those of others, and of known callers wherever they are", () => {
    const limiter = new RateLimiter(1);
    const isRefused = (from: From) => "message" in told(limiter, from);
    expect(isRefused({ address: "192.0.2.1" })).toBe(false);
    expect(isRefused({ address: "192.0.2.1" })).toBe(true);
    expect(isRefused({ address: "192.0.2.2" })).toBe(false);
    expect(isRefused({ address: "192.0.2.1", subject: "key:laptop" })).toBe(false);
    expect(isRefused({ address: "192.0.2.9", subject: "key:laptop" })).toBe(true);
    // Whoever has IPv6 has a network of addresses.
    expect(isRefused({ address: "2001:db8:0:1::1" })).toBe(false);
    expect(isRefused({ address: "2001:db8:0:1:ffff::2" })).toBe(true);
    expect(isRefused({ address: "2001:db8:0:2::1" })).toBe(false);
  });

  test("stay counted while others come and windows are cleared away", () => {
    const limiter = new RateLimiter(1);
    told(limiter, { address: "192.0.2.1", atMs: 59_000 });
    for (let atMs = 60_000; atMs < 119_000; atMs += 1000) {
      told(limiter, { address: `198.51.100.${atMs / 1000}`, atMs });
      expect(told(limiter, { address: "192.0.2.1", atMs: atMs - 1000 })).toHaveProperty("message");
    }
    expect(told(limiter, { address: "192.0.2.1", atMs: 119_000 })).not.toHaveProperty("message");
  });

  test("of this machine may be many by default, and as many as all others if a limit is set", () => {
    const byDefault = new RateLimiter(undefined);
    for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
      expect(told(byDefault, { address })["ratelimit-policy"]).toBe('"local";q=6000000;w=60');
    }
    expect(told(byDefault, {})["ratelimit-policy"]).toBe('"address";q=6000;w=60');
    const set = new RateLimiter(5);
    expect(told(set, { address: "127.0.0.1" })["ratelimit-policy"]).toBe('"address";q=5;w=60');
  });

  test("are not counted where there is no limit", () => {
    expect(told(new RateLimiter(0), {})).toEqual({});
  });
});

test("probes are not counted", () => {
  const limiter = new RateLimiter(1);
  const method = Health.method.check;
  for (let count = 0; count < 5; count += 1) {
    limiter.count(Object.assign(aCall(), { method }));
  }
  expect(told(limiter, {})).not.toHaveProperty("message");
});
