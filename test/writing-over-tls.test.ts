/**
 * Certificates, keys and tokens over TLS, by clients that are not ours: Node's HTTP/1.1 and grpc-js,
 * which knows the schema from its descriptors alone.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create, type DescFile, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import {
  type Client,
  credentials,
  loadPackageDefinition,
  Metadata,
  type ServiceError,
  status,
} from "@grpc/grpc-js";
import { loadFileDescriptorSetFromBuffer } from "@grpc/proto-loader";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { file_bookfinder_v1_book_service } from "#proto/bookfinder/v1/book_service_pb.ts";
import { createApp } from "#server/http/app.ts";
import { type Listener, listen } from "#server/http/listen.ts";
import { createAuthority, type IssuedCertificate } from "#server/testing/certificates.ts";
import { aFewBooks } from "#server/testing/few-books.ts";
import { aContext } from "#server/testing/server.ts";

const catalog = aFewBooks();
const context = aContext(catalog);
const { accounts } = context;
const folder = mkdtempSync(join(tmpdir(), "writing-over-tls-"));
const authority = await createAuthority();
const importer = await authority.issueClient("CN=importer, O=Library");
const stranger = await authority.issueClient("CN=stranger, O=Library");
const foreign = await (await createAuthority("CN=others")).issueClient("CN=importer, O=Library");
let listener: Listener;

beforeAll(async () => {
  const server = await authority.issueServer(["localhost", "127.0.0.1"]);
  const files = {
    certPath: join(folder, "cert.pem"),
    keyPath: join(folder, "key.pem"),
    clientCaPath: join(folder, "ca.pem"),
  };
  writeFileSync(files.certPath, server.cert);
  writeFileSync(files.keyPath, server.key);
  writeFileSync(files.clientCaPath, authority.cert);
  listener = await listen({
    ...createApp(context, "/nowhere"),
    limits: { ...context.config, maxBodyBytes: context.config.maxRequestBytes },
    port: 0,
    host: "127.0.0.1",
    tls: files,
    onProblem: () => undefined,
  });
  accounts.certificates.trust("CN=importer, O=Library", ["books.write"]);
});
afterAll(async () => {
  await listener.drain(0);
  accounts[Symbol.dispose]();
  await catalog[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** A call over REST; what is answered before the body has ended is enough. */
async function rest(
  method: string,
  path: string,
  options: {
    headers?: Record<string, string>;
    body?: object;
    client?: IssuedCertificate;
    isCut?: boolean;
  },
) {
  const agent = new Agent({ ca: authority.cert, ...options.client });
  const sent = request({
    host: "127.0.0.1",
    port: listener.port,
    method,
    path,
    agent,
    headers: { "content-type": "application/json", ...options.headers },
  });
  if (options.isCut === true) {
    sent.write("{");
  } else {
    sent.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  }
  const [response] = await once(sent, "response");
  let text = "";
  for await (const chunk of response) {
    text += chunk;
  }
  agent.destroy();
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(text || "{}") };
}

describe("a client certificate", () => {
  const book = { title: "Written by a certificate" };

  test("lets its subject write, over HTTP/1.1 and gRPC", async () => {
    const made = await rest("POST", "/v1/books", { body: book, client: importer });
    expect(made).toMatchObject({ status: 201, body: book });
    const client = grpcClient(importer);
    const answer = await call(client, "CreateBook", { book });
    expect(answer["book"]).toMatchObject(book);
    const { revisions } = await call(client, "ListBookRevisions", {
      parent: made.body.name,
    });
    expect(revisions).toMatchObject([{ actor: "certificate:CN=importer, O=Library" }]);
    client.close();
  });

  test.each([
    ["of a foreign authority", foreign],
    ["of a subject that nobody let in", stranger],
  ])("%s is refused before the body is read", async (_what, client) => {
    for (const path of ["/v1/books", "/bookfinder.v1.BookService/SearchBooks"]) {
      const refused = await rest("POST", path, { client, isCut: true });
      expect(refused.status).toBe(401);
      expect(refused.headers["www-authenticate"]).toMatch(/certificate/);
    }
    const session = connectHttp2(`https://127.0.0.1:${listener.port}`, {
      ca: authority.cert,
      ...client,
    });
    const stream = session.request({
      ":method": "POST",
      ":path": "/bookfinder.v1.BookService/SearchBooks",
      "content-type": "application/grpc",
    });
    const [headers] = await once(stream, "response");
    expect(headers["grpc-status"]).toBe("16");
    session.destroy();
  });

  test("is not needed by those who have none", async () => {
    expect((await rest("GET", "/v1/books/OL27448W", {})).status).toBe(200);
    expect((await rest("POST", "/v1/books", { body: book })).status).toBe(401);
  });
});

type Fields = Record<string, unknown>;
type Answer = Record<string, Fields>;

/** A client of grpc-js, made from the descriptors that reflection would send. */
function grpcClient(client?: IssuedCertificate): Client {
  const files = new Map<string, DescFile>();
  const add = (file: DescFile) => {
    for (const dependency of file.dependencies) {
      add(dependency);
    }
    files.set(file.proto.name, file);
  };
  add(file_bookfinder_v1_book_service);
  const set = create(FileDescriptorSetSchema, {
    file: [...files.values()].map((file) => file.proto),
  });
  const loaded = loadFileDescriptorSetFromBuffer(
    Buffer.from(toBinary(FileDescriptorSetSchema, set)),
    { keepCase: true, longs: String, enums: String },
  );
  // What the loader makes of packages is untyped.
  const { bookfinder } = loadPackageDefinition(loaded) as unknown as {
    bookfinder: { v1: { BookService: new (address: string, ...rest: unknown[]) => Client } };
  };
  const secure = credentials.createSsl(
    Buffer.from(authority.cert),
    client && Buffer.from(client.key),
    client && Buffer.from(client.cert),
  );
  return new bookfinder.v1.BookService(`localhost:${listener.port}`, secure);
}

function call(
  client: Client,
  method: string,
  message: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) {
    metadata.set(name, value);
  }
  type Method = (
    message: object,
    metadata: Metadata,
    done: (error: ServiceError | null, answer: Answer) => void,
  ) => void;
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const bound = (client as unknown as Record<string, Method>)[method]?.bind(client);
  bound?.(message, metadata, (error, answer) => (error ? reject(error) : resolve(answer)));
  return promise;
}

test.each(["a key", "a token"])("grpc-js writes over TLS, with %s", async (kind) => {
  const email = `${kind.replace(" ", "-")}@books.example`;
  const password = "correct horse battery";
  const passwordHash = await accounts.passwords.hash(password);
  accounts.users.add({ name: kind, email, scopes: ["books.write"], passwordHash });
  const session = await rest("POST", "/v1/sessions", { body: { email, password } });
  const credential =
    kind === "a key"
      ? accounts.keys.create(kind, ["books.write"], undefined).text
      : session.body.accessToken;
  const headers = { authorization: `Bearer ${credential}` };
  const client = grpcClient();
  const made = await call(client, "CreateBook", { book: { title: "Emma" } }, headers);
  const { name, etag }: Fields = made["book"] ?? {};
  expect(await call(client, "GetBook", { name })).toEqual(made);
  const update = { book: { name, etag, title: "Emma!" }, update_mask: { paths: ["title"] } };
  const changed = await call(client, "UpdateBook", update, headers);
  expect(changed["book"]).toMatchObject({ title: "Emma!" });
  await expect(
    call(client, "UpdateBook", { book: { name, etag, title: "Ema" } }, headers),
  ).rejects.toMatchObject({ code: status.ABORTED });
  await expect(call(client, "DeleteBook", { name })).rejects.toMatchObject({
    code: status.UNAUTHENTICATED,
  });
  await call(client, "DeleteBook", { name, etag: changed["book"]?.["etag"] }, headers);
  await expect(call(client, "GetBook", { name })).rejects.toMatchObject({
    code: status.NOT_FOUND,
  });
  client.close();
});
