/** The example of migration: `GET /user/{id}` and GetUser say the same of every account, and of none. */
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { codeFromString, codeToHttpStatus } from "@connectrpc/connect/protocol-connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserService } from "#proto/example/user_service_pb.ts";
import type { Scope } from "#server/accounts/principal.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
let server: TestServer;

const people = [
  { name: "Anna Ek", email: "anna@books.example" },
  { name: "李雷", email: "li.lei@例え.example" },
  { name: 'O\'Brien, "Pat" <x>', email: "o'brien+tag@books.example" },
  { name: "Closed", email: "closed@books.example" },
];

beforeAll(async () => {
  server = await startServer(catalog);
  const { users } = server.context.accounts;
  for (const person of people) {
    users.add({ ...person, scopes: [], passwordHash: "" });
  }
  users.setDisabled(4, true);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await catalog[Symbol.asyncDispose]();
});

type Answer =
  | { user_id: number; name: string; email: string }
  | { code: string; message: string; challenge: string };

function headersFor(...scopes: Scope[]): Record<string, string> {
  const { keys } = server.context.accounts;
  const { text } = keys.create(`key ${keys.all().length}`, scopes, undefined);
  return { authorization: `Bearer ${text}` };
}

async function overRest(id: number | string, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${server.url}/user/${id}`, { headers });
  const body = (await response.json()) as { code: string; message: string };
  expect(response.headers.get("content-type")).toMatch("application/json");
  if (response.status === 200) {
    expect(response.headers.get("cache-control")).toBe("no-store");
    return body as unknown as Answer;
  }
  const code = codeFromString(body.code);
  expect(response.status).toBe(code === undefined ? 0 : codeToHttpStatus(code));
  const challenge = response.headers.get("www-authenticate") ?? "";
  return { code: body.code, message: body.message, challenge };
}

async function overRpc(
  transport: Transport,
  userId: number,
  headers: Record<string, string>,
): Promise<Answer> {
  try {
    const user = await createClient(UserService, transport).getUser({ userId }, { headers });
    return { user_id: user.userId, name: user.name, email: user.email };
  } catch (reason) {
    const error = ConnectError.from(reason);
    const name = Code[error.code]?.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase() ?? "";
    const challenge = error.metadata.get("www-authenticate") ?? "";
    return { code: name, message: error.rawMessage, challenge };
  }
}

describe.each([
  ["gRPC", (baseUrl: string) => createGrpcTransport({ baseUrl })],
  ["gRPC-web", (baseUrl: string) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect", (baseUrl: string) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
] as const)("REST and %s say the same", (_name, create) => {
  test("of every account", async () => {
    const headers = headersFor("users.read");
    for (const [index, person] of people.entries()) {
      const userId = index + 1;
      const expected = { user_id: userId, ...person };
      expect(await overRest(userId, headers)).toEqual(expected);
      expect(await overRpc(create(server.url), userId, headers)).toEqual(expected);
    }
  });

  test.each([
    ["an account that is not there", 5, "not_found"],
    ["the largest number", 2 ** 31 - 1, "not_found"],
    ["no number", 0, "invalid_argument"],
    ["a negative number", -1, "invalid_argument"],
    ["the smallest number", -(2 ** 31) + 1, "invalid_argument"],
  ])("of %s", async (_what, userId, code) => {
    const headers = headersFor("users.read");
    const answer = await overRest(userId, headers);
    expect(answer).toMatchObject({ code });
    expect(await overRpc(create(server.url), userId, headers)).toEqual(answer);
  });

  test("to those who may not ask", async () => {
    const { accounts } = server.context;
    const revoked = accounts.keys.create(`revoked ${_name}`, ["users.read"], undefined);
    accounts.keys.revoke(revoked.key.id);
    const callers: [Record<string, string>, code: string][] = [
      [{}, "unauthenticated"],
      [{ authorization: "Bearer nonsense" }, "unauthenticated"],
      [{ authorization: `Bearer ${revoked.text}` }, "unauthenticated"],
      [headersFor("books.read", "books.write"), "permission_denied"],
    ];
    for (const [headers, code] of callers) {
      for (const userId of [1, 5, 0]) {
        const answer = await overRest(userId, headers);
        expect(answer).toMatchObject({ code });
        // Every key has a name of its own, which the refusal repeats.
        expect(await overRpc(create(server.url), userId, headers)).toEqual(answer);
      }
    }
  });
});

test.each(["abc", "1.0", "1e3", "0x1", "2147483648", "99999999999999999999", "%20"])(
  "what is no number of any account is refused over REST: %s",
  async (id) => {
    const headers = headersFor("users.read");
    expect(await overRest(id, headers)).toMatchObject({
      code: "invalid_argument",
      message: expect.stringContaining("user_id"),
    });
  },
);
