import type { Logger } from "pino";
import type { Accounts } from "#server/accounts/accounts.ts";
import type { Catalog } from "#server/catalog/catalog.ts";
import type { Edits } from "#server/edits/edits.ts";
import type { Config } from "./config.ts";
import type { Health } from "./rpc/health.ts";

/** What every handler is given; main builds one, tests build theirs. */
export type AppContext = {
  config: Config;
  catalog: Catalog;
  /** What is written here; `catalog` reads as it says. */
  edits: Edits;
  log: Logger;
  /** Whether this server wants to be sent requests. */
  health: Health;
  /** Who may do what. */
  accounts: Accounts;
  now: () => Date;
};
