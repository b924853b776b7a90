import { Code, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { SessionService } from "#proto/bookfinder/v1/session_service_pb.ts";
import { UserService } from "#proto/example/user_service_pb.ts";
import type { Scope } from "#server/accounts/principal.ts";
import { failure } from "#server/testing/call-any.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { startServer, type TestServer } from "#server/testing/server.ts";

const catalog = aFewBooks();
afterAll(() => catalog[Symbol.asyncDispose]());
let server: TestServer;
beforeEach(async () => {
  server = await startServer(catalog);
});
afterEach(() => server[Symbol.asyncDispose]());

const password = "correct horse battery";
const address = "127.0.0.1";

async function addUser(email: string, ...scopes: Scope[]) {
  const { users, passwords } = server.context.accounts;
  const passwordHash = await passwords.hash(password);
  return users.add({ name: "Somebody", email, scopes, passwordHash });
}

const transport = () => createGrpcTransport({ baseUrl: server.url });
const sessions = () => createClient(SessionService, transport());
const bearer = (text = "") => ({ headers: { authorization: `Bearer ${text}` } });

describe("over gRPC", () => {
  test("an account signs in, calls, refreshes and signs out", async () => {
    const user = await addUser("anna@books.example", "users.read");
    const { session } = await sessions().createSession({ email: "anna@books.example", password });
    expect(session).toMatchObject({ userId: user.id, scopes: ["users.read"] });
    const users = createClient(UserService, transport());
    const { userId } = session ?? { userId: 0 };
    expect(await users.getUser({ userId }, bearer(session?.accessToken))).toMatchObject({
      email: "anna@books.example",
    });
    const { refreshToken } = session ?? {};
    const refreshed = await sessions().refreshSession(
      { refreshToken: refreshToken ?? "" },
      // Clients send the token they have, in force or not.
      bearer("expired"),
    );
    const { accessToken } = refreshed.session ?? {};
    await sessions().deleteSession({ name: "sessions/current" }, bearer(accessToken));
    for (const token of [session?.accessToken, accessToken]) {
      const error = await failure(users.getUser({ userId }, bearer(token)));
      expect(error.code).toBe(Code.Unauthenticated);
    }
    expect(server.context.accounts.audit.latest(2)).toMatchObject([
      { actor: "user:1", action: "session.delete", address },
      { actor: "user:1", action: "session.create", address },
    ]);
  });

  test("a wrong password and an unknown address read the same", async () => {
    await addUser("anna@books.example");
    const wrong = await failure(
      sessions().createSession({ email: "anna@books.example", password: "wrong" }),
    );
    const unknown = await failure(
      sessions().createSession({ email: "nobody@books.example", password }),
    );
    expect(wrong).toMatchObject({ code: Code.Unauthenticated, rawMessage: unknown.rawMessage });
    expect(wrong.metadata.get("www-authenticate")).toBe(unknown.metadata.get("www-authenticate"));
  });

  test("guessing is slowed down, and says until when", async () => {
    await addUser("anna@books.example");
    for (let count = 0; count < 10; count += 1) {
      await failure(sessions().createSession({ email: "anna@books.example", password: "wrong" }));
    }
    const error = await failure(
      sessions().createSession({ email: "anna@books.example", password }),
    );
    expect(error.code).toBe(Code.ResourceExhausted);
    expect(error.metadata.get("retry-after")).toBe("900");
  });

  test("sessions of others are not there, but to an administrator", async () => {
    await addUser("anna@books.example");
    await addUser("ben@books.example");
    await addUser("root@books.example", "admin");
    const signIn = async (email: string) =>
      (await sessions().createSession({ email, password })).session;
    const anna = await signIn("anna@books.example");
    const ben = await signIn("ben@books.example");
    const root = await signIn("root@books.example");
    const name = anna?.name ?? "";
    const denied = await failure(sessions().deleteSession({ name }, bearer(ben?.accessToken)));
    expect(denied.code).toBe(Code.NotFound);
    const key = server.context.accounts.keys.create("laptop", ["books.write"], undefined);
    expect((await failure(sessions().deleteSession({ name }, bearer(key.text)))).code).toBe(
      Code.NotFound,
    );
    const books = createClient(BookService, transport());
    await books.getCatalog({}, bearer(anna?.accessToken));
    await sessions().deleteSession({ name }, bearer(root?.accessToken));
    const error = await failure(books.getCatalog({}, bearer(anna?.accessToken)));
    expect(error.code).toBe(Code.Unauthenticated);
  });

  test("a key is of no session that it could end", async () => {
    const key = server.context.accounts.keys.create("laptop", ["admin"], undefined);
    const error = await failure(
      sessions().deleteSession({ name: "sessions/current" }, bearer(key.text)),
    );
    expect(error.code).toBe(Code.FailedPrecondition);
  });

  test.each([
    ["email", { password: "x" }],
    ["email", { email: "x".repeat(300), password: "x" }],
    ["password", { email: "a@b" }],
    ["password", { email: "a@b", password: "x".repeat(300) }],
    ["scopes", { email: "a@b", password: "x", scopes: ["root"] }],
  ])("names the field: %s", async (field, request) => {
    const error = await failure(sessions().createSession(request));
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toMatch(field);
  });
});

describe("over REST", () => {
  const post = (path: string, body: object, headers = {}) =>
    fetch(server.url + path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });

  test("an account signs in, refreshes and signs out", async () => {
    await addUser("anna@books.example", "books.write");
    const created = await post("/v1/sessions", { email: "anna@books.example", password });
    expect(created.status).toBe(201);
    expect(created.headers.get("cache-control")).toBe("no-store");
    const session = (await created.json()) as Record<string, string>;
    expect(created.headers.get("location")).toBe(`/v1/${session["name"]}`);
    expect(session).toMatchObject({
      userId: 1,
      scopes: ["books.write"],
      accessTokenExpireTime: "2026-11-22T12:15:00Z",
    });
    const refreshed = await post("/v1/sessions:refresh", {
      refreshToken: session["refreshToken"],
    });
    expect(refreshed.status).toBe(200);
    const { accessToken } = (await refreshed.json()) as Record<string, string>;
    const authorization = `Bearer ${accessToken}`;
    const ended = await fetch(`${server.url}/v1/${session["name"]}`, {
      method: "DELETE",
      headers: { authorization },
    });
    expect([ended.status, await ended.text()]).toEqual([204, ""]);
    const again = await post("/v1/sessions:refresh", { refreshToken: session["refreshToken"] });
    expect(again.status).toBe(401);
    expect(again.headers.get("www-authenticate")).toMatch(/^Bearer/);
  });

  test("what can't be read is said, without what was sent", async () => {
    const unknown = await post("/v1/sessions", { email: "a@b", pasword: "secret" });
    expect(unknown.status).toBe(400);
    expect(unknown.headers.get("x-unknown-fields")).toBe("pasword");
    const text = await unknown.text();
    expect(text).toMatch(/password: value is required/);
    expect(text).not.toMatch("secret");
  });

  test("a refused attempt leaves no password in the log", async () => {
    await post("/v1/sessions", { email: "a@b.example", password: "hunter2hunter2" });
    expect(JSON.stringify(server.context.lines)).not.toMatch(/hunter2/);
  });
});
