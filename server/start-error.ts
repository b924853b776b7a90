/** Why the server could not start, for the person at the console. */
import { CatalogFolderError } from "./catalog-file/open-catalog.ts";
import type { Config } from "./config.ts";
import { ConfigError } from "./environment-reader.ts";
import { TlsError } from "./http/tls.ts";
import { operatorMessage } from "./opensearch/cluster-errors.ts";

/** Something that the person at the console can put right; shown without a stack. */
export class StartError extends Error {
  override name = "StartError";
}

/** What is said on the console of an error at the start: with its stack only if nobody foresaw it. */
export function explainStart(error: unknown): unknown {
  const isExpected = [ConfigError, StartError, CatalogFolderError].some(
    (expected) => error instanceof expected,
  );
  return isExpected && error instanceof Error ? error.message : (operatorMessage(error) ?? error);
}

/** Why the port can't be opened, as one that can be put right, if it is; else the error as it is. */
export function explainPort(
  error: unknown,
  { port, host }: Pick<Config, "port" | "host">,
): unknown {
  if (error instanceof TlsError) {
    return new StartError(error.message);
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EADDRINUSE":
      return new StartError(
        `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
      );
    case "EACCES":
      return new StartError(
        `Port ${port} is reserved for the system. Choose one from 1024 on: PORT=8080 npm start`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartError(
        `HOST=${host} is not an address of this machine; leave it empty for all`,
      );
    default:
      return error;
  }
}
