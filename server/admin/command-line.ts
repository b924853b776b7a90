/** What the commands that look after accounts share: reading arguments, saying what is wrong. */
import { parseArgs } from "node:util";
import { AccountError } from "#server/accounts/account-errors.ts";
import { Accounts } from "#server/accounts/accounts.ts";
import { type Scope, scopes } from "#server/accounts/principal.ts";

/** A command is not written as it should be; `message` says how. */
export class UsageError extends Error {
  override name = "UsageError";
}

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
  write(text: string): void;
  writeNote(text: string): void;
};

/** Runs the command that the arguments name; returns the exit code. */
export async function runCommand(
  [name = "", ...rest]: readonly string[],
  usage: string,
  commands: Readonly<Record<string, Command>>,
  console: Console,
): Promise<number> {
  if (name === "" || name === "help" || [name, ...rest].includes("--help")) {
    console.write(usage);
    return 0;
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new UsageError(`"${name}" is no command.\n\n${usage}`);
    const args = readArguments(rest, command.options);
    using accounts = new Accounts({ dataDir: console.dataDir, now: () => new Date() });
    const { lines, notes = [] } = await command.run(accounts, args);
    console.write(lines.map((line) => `${line}\n`).join(""));
    console.writeNote(notes.map((line) => `${line}\n`).join(""));
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof AccountError)) throw error;
    console.writeNote(`${error.message}\n`);
    return 1;
  }
}

function readArguments(args: string[], names: readonly string[]): CommandArguments {
  const multiple = { type: "string", multiple: true } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: Object.fromEntries(names.map((name) => [name, multiple])),
    });
    const options: Record<string, string[]> = {};
    for (const [name, value] of Object.entries(values)) {
      if (Array.isArray(value)) options[name] = value.map(String);
    }
    return { words: positionals, options };
  } catch (error) {
    // Node says what is wrong in its first sentence, and then advises on dashes.
    const [problem] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UsageError(`${problem}. --help says what there is.`);
  }
}

/** The one value of an option; undefined if it isn't given. */
export function optionalOption(args: CommandArguments, name: string): string | undefined {
  const values = args.options[name] ?? [];
  if (values.length > 1) throw new UsageError(`--${name} is given ${values.length} times`);
  return values[0];
}

/** The one value of an option that has to be there. */
export function option(args: CommandArguments, name: string, example: string): string {
  const value = optionalOption(args, name);
  if (value === undefined) throw new UsageError(`--${name} is missing, e.g. --${name} ${example}`);
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
