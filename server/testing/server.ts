import { type Logger, pino } from "pino";
import { Accounts } from "#server/accounts/accounts.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import { type Config, parseConfig } from "#server/config.ts";
import type { AppContext } from "#server/context.ts";
import { auditLine } from "#server/edits/audit-line.ts";
import { EditedCatalog } from "#server/edits/edited-catalog.ts";
import { Edits } from "#server/edits/edits.ts";
import { createApp } from "#server/http/app.ts";
import { type Listener, listen } from "#server/http/listen.ts";
import { type CallSteps, callSteps } from "#server/rpc/call-pipeline.ts";
import { Health } from "#server/rpc/health.ts";
import { apiServices } from "#server/rpc/routes.ts";

/** A line of the log, parsed. */
export type LogLine = { level: number; msg?: string } & Record<string, unknown>;

/** A context for tests, whose log lines are kept in `lines`. */
export function aContext(
  catalog: Catalog,
  config: Partial<Config> = {},
): AppContext & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log: Logger = pino(
    { level: "debug", base: null },
    // pino writes one JSON object per call.
    { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) },
  );
  const settings = { ...parseConfig({ PORT: "0", HOST: "127.0.0.1" }), ...config };
  const now = () => new Date("2026-11-22T12:00:00Z");
  const { isPublicRead, jwt } = settings;
  const edits = new Edits({
    dataDir: undefined,
    imported: catalog,
    now,
    onRevision: (revision) => log.info({ audit: auditLine(revision) }, "Written"),
  });
  return {
    config: settings,
    catalog: new EditedCatalog(edits),
    edits,
    log,
    health: new Health(apiServices.map((service) => service.typeName)),
    accounts: new Accounts({ dataDir: undefined, now, isPublicRead, jwt, passwordCost: 16 }),
    now,
    lines,
  };
}

/** The whole server on a free port, as main starts it; it stops when it is disposed of. */
export type TestServer = AsyncDisposable & {
  url: string;
  port: number;
  context: ReturnType<typeof aContext>;
  listener: Listener;
  /** What went wrong outside any request. */
  problems: string[];
};

/** Starts a server for a test; `pageDir` is the folder of the built page, `steps` those of each call. */
export async function startServer(
  catalog: Catalog,
  config: Partial<Config> = {},
  pageDir = "/nowhere",
  steps?: CallSteps,
): Promise<TestServer> {
  const context = aContext(catalog, config);
  const problems: string[] = [];
  const listener = await listen({
    ...createApp(context, pageDir, steps ?? callSteps(context)),
    limits: { ...context.config, maxBodyBytes: context.config.maxRequestBytes },
    port: context.config.port,
    host: context.config.host,
    onProblem: (problem) => problems.push(problem),
  });
  return {
    url: `http://127.0.0.1:${listener.port}`,
    port: listener.port,
    context,
    listener,
    problems,
    [Symbol.asyncDispose]: async () => void (await listener.drain(0)),
  };
}
