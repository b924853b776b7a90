/**
 * Who may call what: every method × every kind of credential × every protocol and REST, against the
 * table of permissions, over a real port.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DescMethod } from "@bufbuild/protobuf";
import { Code, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { createConnectTransport as createWebTransport } from "@connectrpc/connect-web";
import { UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Accounts } from "#server/accounts/accounts.ts";
import type { Authenticate } from "#server/accounts/authenticator.ts";
import { type Scope, scopes } from "#server/accounts/principal.ts";
import { anIdentityProvider } from "#server/accounts/testing/identity-provider.ts";
import { httpMethods } from "#server/http/rest/rest-route.ts";
import { restRoutes } from "#server/http/rest/rest-routes.ts";
import { type CallSteps, callSteps } from "#server/rpc/call-pipeline.ts";
import { permissionOf, permissions } from "#server/rpc/permissions.ts";
import { servedServices } from "#server/rpc/routes.ts";
import { failureOf } from "#server/testing/call-any.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { openRawSocket } from "#server/testing/raw-socket.ts";
import { aContext, startServer, type TestServer } from "#server/testing/server.ts";

const folder = mkdtempSync(join(tmpdir(), "authorisation-"));
const catalog = aFewBooks();
const provider = await anIdentityProvider();
const forger = await anIdentityProvider();
const jwksFile = join(folder, "jwks.json");
writeFileSync(jwksFile, JSON.stringify(provider.keySet()));
const jwt = {
  issuer: provider.issuer,
  audience: provider.audience,
  keys: { file: jwksFile },
};
const context = aContext(catalog);
const options = { dataDir: folder, now: context.now, jwt, passwordCost: 16 };
const accounts = new Accounts(options);
/** The same accounts, as a server sees them where reading is not public. */
const closedAccounts = new Accounts({ ...options, isPublicRead: false });
const nowSeconds = context.now().getTime() / 1000;

type Headers = Record<string, string>;
type Credential = {
  name: string;
  headers: Headers;
  /** What it allows; "nobody" for none sent, "bad" for one that must be refused. */
  grants: Scope[] | "nobody" | "bad";
};

const bearer = (text: string): Headers => ({ authorization: `Bearer ${text}` });
const certificateHeader = "x-test-certificate";

/** The steps of calls that these accounts guard; a header stands for what TLS hands over. */
function stepsOf(guards: Accounts): CallSteps {
  const authenticate: Authenticate = (headers, peer) => {
    const text = headers[certificateHeader];
    const certificate = typeof text === "string" ? JSON.parse(text) : undefined;
    return guards.authenticate(headers, { address: peer.address, certificate });
  };
  return callSteps({ ...context, accounts: { authenticate } });
}

async function credentials(): Promise<Credential[]> {
  const key = (...granted: Scope[]) =>
    accounts.keys.create(`key ${accounts.keys.all().length}`, granted, undefined);
  const email = "anna@books.example";
  const password = "the secret of anna";
  const passwordHash = await accounts.passwords.hash(password);
  accounts.users.add({ name: "Anna", email, scopes: [...scopes], passwordHash });
  const session = (...granted: Scope[]) =>
    accounts.signIn({ email, password, scopes: granted, address: "" });
  accounts.certificates.trust("CN=importer", ["books.write"]);
  const certificate = (isTrusted: boolean, subject: string): Headers => ({
    [certificateHeader]: JSON.stringify({ isTrusted, subject }),
  });
  const revoked = key("admin");
  accounts.keys.revoke(revoked.key.id);
  const expired = accounts.keys.create("expired", ["admin"], context.now());
  const ended = await session("admin");
  accounts.sessions.end(ended.sessionId);
  const claims = { iss: provider.issuer, aud: provider.audience, sub: "eve", scope: "admin" };
  const unsecured = new UnsecuredJWT({ ...claims, exp: nowSeconds + 600 }).encode();
  const tampered = (await provider.token({ scope: "admin" })).replace(/\.[^.]+\./, () => {
    const payload = JSON.stringify({ ...claims, exp: nowSeconds + 999 });
    return `.${Buffer.from(payload).toString("base64url")}.`;
  });
  const good: Credential[] = [
    { name: "nobody", headers: {}, grants: "nobody" },
    ...scopes.map((scope) => ({
      name: `key with ${scope}`,
      headers: bearer(key(scope).text),
      grants: [scope],
    })),
    { name: "key in x-api-key", headers: { "x-api-key": key("admin").text }, grants: ["admin"] },
    {
      name: "session with books.write",
      headers: bearer((await session("books.write")).accessToken),
      grants: ["books.write"],
    },
    {
      name: "session with users.read",
      headers: bearer((await session("users.read")).accessToken),
      grants: ["users.read"],
    },
    {
      name: "JWT with books.write",
      headers: bearer(await provider.token({ scope: "openid books.write" })),
      grants: ["books.write"],
    },
    {
      name: "JWT without scopes",
      headers: bearer(await provider.token({ scope: undefined })),
      grants: [],
    },
    {
      name: "certificate with books.write",
      headers: certificate(true, "CN=importer"),
      grants: ["books.write"],
    },
  ];
  const bad: [string, Headers][] = [
    ["forged JWT", bearer(await forger.token({ scope: "admin" }))],
    ["tampered JWT", bearer(tampered)],
    ["expired JWT", bearer(await provider.token({ exp: nowSeconds - 60, scope: "admin" }))],
    ["JWT for another audience", bearer(await provider.token({ aud: "b", scope: "admin" }))],
    ["JWT with alg none", bearer(unsecured)],
    ["revoked key", bearer(revoked.text)],
    ["expired key", bearer(expired.text)],
    ["ended session", bearer(ended.accessToken)],
    ["refresh token", bearer((await session("admin")).refreshToken)],
    ["foreign certificate", certificate(false, "CN=importer")],
    ["unknown certificate", certificate(true, "CN=eve")],
    ["password", { authorization: "Basic YW5uYTpzZWNyZXQ=" }],
    ["nonsense", bearer("nonsense")],
  ];
  return [...good, ...bad.map(([name, headers]): Credential => ({ name, headers, grants: "bad" }))];
}

type Outcome = "let in" | "unauthenticated" | "denied";

/** What must come of it, from the table of permissions alone. */
function expected(method: DescMethod, { grants }: Credential, isPublicRead: boolean): Outcome {
  const permission = permissionOf(permissions, method);
  if (permission === "public") {
    return "let in";
  }
  if (permission === undefined) {
    return "denied";
  }
  if (grants === "bad") {
    return "unauthenticated";
  }
  const granted: Scope[] = grants === "nobody" ? [] : grants;
  const isAllowed =
    (permission === "authenticated" && grants !== "nobody") ||
    granted.some((scope) => scope === permission || scope === "admin") ||
    (isPublicRead && permission === "books.read");
  if (isAllowed) {
    return "let in";
  }
  return grants === "nobody" ? "unauthenticated" : "denied";
}

function outcomeOf(code: Code, headers: { has(name: string): boolean }): Outcome | "unexplained" {
  if (code === Code.Unauthenticated) {
    return headers.has("www-authenticate") ? "unauthenticated" : "unexplained";
  }
  if (code === Code.PermissionDenied) {
    return headers.has("www-authenticate") ? "unexplained" : "denied";
  }
  return "let in";
}

const transports: [name: string, create: (baseUrl: string) => Transport][] = [
  ["gRPC", (baseUrl) => createGrpcTransport({ baseUrl })],
  ["gRPC-web", (baseUrl) => createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "2" })],
  ["Connect over HTTP/1.1", (baseUrl) => createConnectTransport({ baseUrl, httpVersion: "1.1" })],
  ["Connect as GET", (baseUrl) => createWebTransport({ baseUrl, useHttpGet: true })],
];

const all = await credentials();
const methods = servedServices(context).flatMap(({ service }) => service.methods);
const named = methods.map(
  (method) => [`${method.parent.typeName}/${method.name}`, method] as const,
);

afterAll(async () => {
  accounts[Symbol.dispose]();
  closedAccounts[Symbol.dispose]();
  rmSync(folder, { recursive: true });
  await catalog[Symbol.asyncDispose]();
});

describe.each([true, false])("where reading is public: %s,", (isPublicRead) => {
  let server: TestServer;
  beforeAll(async () => {
    const asked = isPublicRead ? accounts : closedAccounts;
    server = await startServer(catalog, {}, undefined, stepsOf(asked));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  describe.each(transports)("over %s", (name, create) => {
    const isUnidirectional = ["gRPC-web", "Connect over HTTP/1.1", "Connect as GET"].includes(name);
    // The transport of browsers sends no streams.
    const sendsStreams = name !== "Connect as GET";
    const callable = named.filter(
      ([, { methodKind }]) =>
        (methodKind !== "bidi_streaming" || !isUnidirectional) &&
        (methodKind !== "client_streaming" || sendsStreams),
    );
    test.each(callable)("%s", async (_name, method) => {
      const wanted: Record<string, Outcome> = {};
      const found: Record<string, string> = {};
      for (const credential of all) {
        wanted[credential.name] = expected(method, credential, isPublicRead);
        // A connection of their own, as callers with other credentials have.
        const failure = await failureOf(create(server.url), method, credential.headers);
        expect(failure.code).not.toBe(Code.DeadlineExceeded);
        found[credential.name] = outcomeOf(failure.code, failure.metadata);
      }
      expect(found).toEqual(wanted);
    });
  });

  const operations = restRoutes.flatMap((route) =>
    httpMethods.flatMap((verb) => {
      const operation = route[verb];
      // A parameter with its pattern, if it has one; an escaped colon is one of the path.
      const path = route.path.replace(/(?<!\\):\w+(?:\([^)]*\)+)?/g, "1").replaceAll("\\", "");
      return operation === undefined ? [] : [[verb, path, operation.rpc] as const];
    }),
  );
  test.each(operations)("over REST: %s %s", async (verb, path, rpc) => {
    const wanted: Record<string, Outcome> = {};
    const found: Record<string, string> = {};
    for (const credential of all) {
      wanted[credential.name] = expected(rpc, credential, isPublicRead);
      const { headers } = credential;
      const answer = await fetch(`${server.url}${path}`, { method: verb, headers });
      const codes: Record<number, Code> = { 401: Code.Unauthenticated, 403: Code.PermissionDenied };
      found[credential.name] = outcomeOf(codes[answer.status] ?? Code.Unknown, answer.headers);
    }
    expect(found).toEqual(wanted);
  });
});

describe("before the body is read", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(catalog, {}, undefined, stepsOf(accounts));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const bad = all.filter(({ grants }) => grants === "bad");
  const search = "/bookfinder.v1.BookService/SearchBooks";

  test.each(bad)("refuses over HTTP/1.1: $name", async ({ headers }) => {
    const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    for (const type of ["application/json", "application/grpc-web+proto"]) {
      const raw = await openRawSocket(server.port);
      await raw.send(
        `POST ${search} HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\n${fields.join("")}content-length: 999999999\r\n\r\n`,
      );
      await raw.until("www-authenticate: Bearer");
      raw.socket.destroy();
    }
  });

  test.each(bad)("refuses gRPC: $name", async ({ headers }) => {
    const session = connect(server.url);
    const stream = session.request({
      ":method": "POST",
      ":path": search,
      "content-type": "application/grpc",
      ...headers,
    });
    const answer = await new Promise<Record<string, unknown>>((resolve) =>
      stream.once("response", resolve),
    );
    expect(answer).toMatchObject({
      "grpc-status": "16",
      "www-authenticate": expect.stringMatching(/^Bearer/),
    });
    session.destroy();
  });
});
