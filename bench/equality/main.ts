/** Whether every protocol gives the same answers: `node bench/equality/main.ts --help`. */
import { join } from "node:path";
import {
  type DescMessage,
  fromJson,
  type JsonValue,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { BookSchema } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { SearchBooksResponseSchema } from "#proto/bookfinder/v1/search_pb.ts";
import { parseCommandLine, runCommand, wholeNumber } from "#server/command-line.ts";
import { openSqliteCatalog } from "#server/sqlite/catalog.ts";
import { startServer } from "#server/testing/server.ts";
import { readQueries } from "../evaluate/query-set.ts";
import { sharedCatalogue, sharedData } from "../evaluate/shared-catalogue.ts";
import { Random } from "../evaluate/slips.ts";

const usage = `Usage: node bench/equality/main.ts [options]

Sends the same searches, and reads of the books that they find, over REST, Connect (JSON, binary and
GET), gRPC-web and gRPC, and compares the answers byte by byte in the wire format.

  --count N         how many searches, each with the read of a book (default 1000)
  --catalogue FILE  this catalogue file instead of the shared one`;

const PAGE_SIZE = 10;

await runCommand(process, async (args) => {
  const { values } = parseCommandLine(args, {
    usage,
    options: { count: { type: "string", default: "1000" }, catalogue: { type: "string" } },
  });
  await compare(wholeNumber("--count", values.count, 1, 100_000), values.catalogue);
});

async function compare(count: number, catalogueFile: string | undefined): Promise<void> {
  await using catalog = openSqliteCatalog(catalogueFile ?? (await sharedCatalogue(false)));
  await using server = await startServer(catalog);
  const baseUrl = server.url;
  const transports: [name: string, transport: Transport][] = [
    ["Connect JSON", createConnectTransport({ baseUrl, httpVersion: "1.1" })],
    [
      "Connect binary",
      createConnectTransport({ baseUrl, httpVersion: "2", useBinaryFormat: true }),
    ],
    ["gRPC-web", createGrpcWebTransport({ baseUrl, httpVersion: "1.1" })],
    ["gRPC", createGrpcTransport({ baseUrl })],
  ];
  const clients = transports.map(
    ([name, transport]) => [name, createClient(BookService, transport)] as const,
  );
  const different = new Map<string, number>([["REST", 0]]);
  for (const [name] of clients) {
    different.set(name, 0);
  }
  for (const query of someQueries(count)) {
    const answers = new Map<string, string>();
    const rest = await get(
      `${baseUrl}/v1/books?query=${encodeURIComponent(query)}&page_size=${PAGE_SIZE}`,
      SearchBooksResponseSchema,
    );
    const name = rest.results[0]?.book?.name;
    const book = name === undefined ? undefined : await get(`${baseUrl}/v1/${name}`, BookSchema);
    answers.set("REST", bytesOf(SearchBooksResponseSchema, rest) + bytesOf(BookSchema, book));
    for (const [protocol, client] of clients) {
      const found = await client.searchBooks({ query, pageSize: PAGE_SIZE });
      const read = name === undefined ? undefined : (await client.getBook({ name })).book;
      answers.set(protocol, bytesOf(SearchBooksResponseSchema, found) + bytesOf(BookSchema, read));
    }
    const expected = answers.get("gRPC");
    for (const [protocol, answer] of answers) {
      if (answer === expected) {
        continue;
      }
      different.set(protocol, (different.get(protocol) ?? 0) + 1);
      console.error(`${protocol} answers ${JSON.stringify(query)} unlike gRPC`);
    }
  }
  console.log("| protocol | searches | unlike gRPC |\n| --- | --: | --: |");
  for (const [protocol, wrong] of different) {
    console.log(`| ${protocol} | ${count} | ${wrong} |`);
  }
  if ([...different.values()].some((wrong) => wrong > 0)) {
    process.exitCode = 1;
  }
}

/** Queries of all classes, the same each time. */
function someQueries(count: number): string[] {
  const random = new Random(1);
  const all = readQueries(join(sharedData, "catalogue/queries-dev.tsv"));
  return Array.from({ length: count }, () => random.pick(all)?.text ?? "");
}

async function get<T extends DescMessage>(url: string, schema: T): Promise<MessageShape<T>> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: ${response.status} ${await response.text()}`);
  }
  // What fetch parses is JSON.
  return fromJson(schema, (await response.json()) as JsonValue);
}

function bytesOf<T extends DescMessage>(schema: T, message: MessageShape<T> | undefined): string {
  return message === undefined ? "" : Buffer.from(toBinary(schema, message)).toString("base64");
}
