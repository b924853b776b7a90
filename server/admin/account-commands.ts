/** What the commands that look after accounts share: reading arguments, saying what is wrong. */

import { openAccountDatabase } from "#server/accounts/account-database.ts";
import { AccountError } from "#server/accounts/account-errors.ts";
import { Accounts } from "#server/accounts/accounts.ts";
import { type Scope, scopes } from "#server/accounts/principal.ts";
import { parseCommandLine, UsageError } from "#server/command-line.ts";
import { SharedDatabaseError } from "#server/database/transactions.ts";
import {
  type ClusterAddress,
  ClusterAddressError,
  parseClusterAddress,
} from "#server/opensearch/cluster-address.ts";
import { operatorMessage } from "#server/opensearch/cluster-errors.ts";
import { shareDatabase } from "#server/opensearch/shared-database.ts";

/** What a command prints: `lines` to standard output, `notes` for whoever reads along. */
export type CommandOutput = { lines: string[]; notes?: string[] };

export type CommandArguments = {
  /** What stands without a dash. */
  words: string[];
  /** `--name value`, as often as it was given. */
  options: Record<string, string[]>;
};

export type Command = {
  /** The options it knows. */
  options: readonly string[];
  run(accounts: Accounts, args: CommandArguments): CommandOutput | Promise<CommandOutput>;
};

/** Where commands find what they need of the process. */
export type Console = {
  dataDir: string;
  /** The cluster that keeps what is written, and brings it to all servers. */
  cluster?: ClusterAddress | undefined;
  write(text: string): void;
  writeNote(text: string): void;
};

/**
 * Runs the command that the arguments name.
 *
 * @throws {HelpRequest} if help is asked for. @throws {UsageError} saying what is wrong.
 */
export async function runAccountCommand(
  args: readonly string[],
  usage: string,
  commands: Readonly<Record<string, Command>>,
  console: Console,
): Promise<void> {
  const [name = "", ...rest] = args;
  if (name === "" || name.startsWith("-")) {
    parseCommandLine(args, { usage, positionals: [1, 1] });
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const known = Object.keys(commands).join(", ");
    throw new UsageError(`"${name}" is no command; there are ${known}.`);
  }
  const given = readArguments(rest, usage, command.options);
  const { dataDir, cluster } = console;
  try {
    await using shared =
      cluster === undefined
        ? undefined
        : await shareDatabase(openAccountDatabase(dataDir), cluster, "accounts");
    using accounts = new Accounts({ dataDir, shared, now: () => new Date() });
    const { lines, notes = [] } = await command.run(accounts, given);
    console.write(lines.map((line) => `${line}\n`).join(""));
    console.writeNote(notes.map((line) => `${line}\n`).join(""));
  } catch (error) {
    const isRefusal = [AccountError, SharedDatabaseError].some(
      (expected) => error instanceof expected,
    );
    const message = isRefusal && error instanceof Error ? error.message : operatorMessage(error);
    throw message === undefined ? error : new UsageError(sentence(message));
  }
}

/** The cluster that BOOKFINDER_CATALOG names; undefined if it names none. */
export function readCluster(text = ""): ClusterAddress | undefined {
  try {
    return text === "" ? undefined : parseClusterAddress(text);
  } catch (error) {
    throw error instanceof ClusterAddressError ? new UsageError(error.message) : error;
  }
}

function readArguments(
  args: readonly string[],
  usage: string,
  names: readonly string[],
): CommandArguments {
  const multiple = { type: "string", multiple: true } as const;
  const options = Object.fromEntries(names.map((name) => [name, multiple]));
  const parsed = parseCommandLine(args, { usage, options, positionals: [0, 1] });
  const given: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(parsed.values)) {
    if (Array.isArray(value)) {
      given[name] = value.map(String);
    }
  }
  return { words: parsed.positionals, options: given };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The one value of an option; undefined if it isn't given. */
export function optionalOption(args: CommandArguments, name: string): string | undefined {
  const values = args.options[name] ?? [];
  if (values.length > 1) {
    throw new UsageError(`--${name} is given ${values.length} times`);
  }
  return values[0];
}

/** The one value of an option that has to be there. */
export function option(args: CommandArguments, name: string, example: string): string {
  const value = optionalOption(args, name);
  if (value === undefined) {
    throw new UsageError(`--${name} is missing, e.g. --${name} ${example}`);
  }
  return value;
}

/** The one word that the command is about. */
export function word(args: CommandArguments, example: string): string {
  const [first, ...others] = args.words;
  if (first === undefined || others.length > 0) {
    throw new UsageError(`say which one, and only one, e.g. ${example}`);
  }
  return first;
}

/** The scopes of `--scope a --scope b` or `--scope a,b`; undefined if none is given. */
export function scopeOption(args: CommandArguments): Scope[] | undefined {
  const words = args.options["scope"]?.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean);
  return words?.map((text) => {
    const scope = scopes.find((known) => known === text);
    if (scope === undefined) {
      throw new UsageError(`"${text}" is no scope; there are ${scopes.join(", ")}`);
    }
    return scope;
  });
}

/** The scopes, of which there must be one at least. */
export function requiredScopes(args: CommandArguments): Scope[] {
  const found = scopeOption(args) ?? [];
  if (found.length === 0) {
    throw new UsageError(`--scope is missing; there are ${scopes.join(", ")}`);
  }
  return found;
}

/** Rows under their headings, columns in line. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? "").length)),
  );
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
