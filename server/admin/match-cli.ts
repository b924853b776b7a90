/** `npm run match -- list.csv`: matches a list of books with the catalogue of a running server. */
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { ConnectError, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { parse } from "csv-parse";
import { stringify } from "csv-stringify";
import { existingPath, parseCommandLine, startCommand, UsageError } from "#server/command-line.ts";
import { ColumnsError, matchList } from "./match-list.ts";
import { MatchProgress } from "./match-progress.ts";

const usage = `Usage: npm run match -- <list> [--out FILE] [--server URL]

  <list>    a CSV file whose first line names its columns: title, author, year, isbn, citation (any of
            them; other columns are kept), or a .txt file with one citation on each line
  --out     the CSV file to write; standard output by default
  --server  where BookFinder runs; http://localhost:8080 by default

Each row is written as it was, followed by the book that it means, how sure that is, and why.
A server that is not open to everybody is shown the key or token in BOOKFINDER_KEY; one with a certificate
of your own is trusted by that of its authority in NODE_EXTRA_CA_CERTS.`;

const options = {
  out: { type: "string" },
  server: { type: "string", default: "http://localhost:8080" },
} as const;

process.exitCode = await main(startCommand(process, readCommand));

function readCommand(args: readonly string[]) {
  const { values, positionals } = parseCommandLine(args, { usage, options, positionals: [1, 1] });
  if (!/^https?:\/\//.test(values.server) || !URL.canParse(values.server)) {
    throw new UsageError("--server takes an address such as http://localhost:8080.");
  }
  return { list: existingPath(positionals[0] ?? ""), out: values.out, server: values.server };
}

async function main({ list, out, server }: ReturnType<typeof readCommand>): Promise<number> {
  const progress = new MatchProgress(process.stderr, out !== undefined || !process.stdout.isTTY);
  try {
    const read = () => (list.endsWith(".txt") ? readLines(list) : readTable(list));
    for await (const _ of read()) {
      progress.rowCount += 1;
    }
    const transport = createGrpcTransport({ baseUrl: server, interceptors: [withKey] });
    const rows = matchList(transport, read(), (counts) => progress.show(counts));
    const output = out === undefined ? process.stdout : createWriteStream(out);
    await pipeline(rows, stringify(), output, { end: output !== process.stdout });
    progress.finish();
    return 0;
  } catch (error) {
    progress.finish();
    process.stderr.write(`${list}: ${explain(error, server)}\n`);
    return 1;
  }
}

/** Says who calls, where somebody has said who that is. */
function withKey(next: Parameters<Interceptor>[0]): ReturnType<Interceptor> {
  return (request) => {
    const key = process.env["BOOKFINDER_KEY"] ?? "";
    if (key !== "") {
      request.header.set("authorization", `Bearer ${key}`);
    }
    return next(request);
  };
}

async function* readLines(path: string): AsyncIterable<string[]> {
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.trim() !== "") {
      yield [line];
    }
  }
}

/** Records of a table, whichever of comma, semicolon and tab divides its columns. */
async function* readTable(path: string): AsyncIterable<string[]> {
  let header = "";
  for await (const line of createInterface({ input: createReadStream(path) })) {
    header = line;
    break;
  }
  const delimiter = [",", ";", "\t"]
    .map((sign) => ({ sign, count: header.split(sign).length }))
    .reduce((best, one) => (one.count > best.count ? one : best)).sign;
  const parser = parse({ bom: true, delimiter, relaxColumnCount: true, skipEmptyLines: true });
  // Not awaited, because the parser is read while the file is; a failure ends the parser with it.
  pipeline(createReadStream(path), parser).catch((error: unknown) => parser.destroy(Object(error)));
  yield* parser;
}

function explain(error: unknown, server: string): string {
  if (error instanceof ColumnsError) {
    return error.message;
  }
  const failure = ConnectError.from(error);
  return /ECONNREFUSED|ENOTFOUND|ECONNRESET/.test(failure.message)
    ? `no BookFinder answers at ${server}: start it with npm start, or name it with --server`
    : failure.rawMessage.replace(
        /certificate.*/,
        "$&: name the file of its authority in NODE_EXTRA_CA_CERTS",
      );
}
