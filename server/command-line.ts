/** What all commands do with their arguments: one screen for --help, one sentence for a mistake. */
import { existsSync } from "node:fs";
import { type ParseArgsConfig, type ParseArgsOptionsConfig, parseArgs } from "node:util";

/** The arguments make no sense; the message says which and what would. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Somebody asked for help; the message is the help. */
export class HelpRequest extends Error {
  override name = "HelpRequest";
}

export type CommandSyntax<Options extends ParseArgsOptionsConfig> = {
  /** One screen: how to call it, what it does, its options. */
  usage: string;
  options?: Options;
  /** The fewest and the most arguments beside the options; none by default. */
  positionals?: readonly [fewest: number, most: number];
};

/** What a command uses of `process`. */
export type Terminal = {
  readonly argv: readonly string[];
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  exit(code: number): never;
};

/**
 * Reads the command line, or ends the process: with 0 after --help, with 2 after a mistake.
 * @param read what the command makes of its arguments, with `parseCommandLine`.
 */
export function startCommand<T>(terminal: Terminal, read: (args: readonly string[]) => T): T {
  try {
    return read(terminal.argv.slice(2));
  } catch (error) {
    return end(terminal, error);
  }
}

/** As `startCommand`, for commands that find out about their arguments only while they run. */
export async function runCommand(
  terminal: Terminal,
  run: (args: readonly string[]) => Promise<void>,
): Promise<void> {
  try {
    await run(terminal.argv.slice(2));
  } catch (error) {
    end(terminal, error);
  }
}

function end(terminal: Terminal, error: unknown): never {
  if (error instanceof HelpRequest) {
    terminal.stdout.write(`${error.message.trim()}\n`);
    return terminal.exit(0);
  }
  if (!(error instanceof UsageError)) {
    throw error;
  }
  terminal.stderr.write(`${error.message} (--help says more)\n`);
  return terminal.exit(2);
}

/**
 * Options and arguments by a command's syntax. -h and --help are options of every command.
 * @throws {HelpRequest} if help is asked for. @throws {UsageError} if the syntax is another.
 */
export function parseCommandLine<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  { usage, options, positionals: [fewest, most] = [0, 0] }: CommandSyntax<Options>,
) {
  const help = args.slice(0, endOfOptions(args)).some((arg) => arg === "--help" || arg === "-h");
  if (help) {
    throw new HelpRequest(usage);
  }
  const parsed = parse({
    args: [...args],
    allowPositionals: true,
    // Without options there is nothing that parseArgs could be told of.
    options: options ?? ({} as Options),
  });
  const { length } = parsed.positionals;
  if (length > most) {
    throw new UsageError(`Unexpected argument "${parsed.positionals[most]}".`);
  }
  if (length < fewest) {
    throw new UsageError(`Too few arguments. ${firstLine(usage)}`);
  }
  return parsed;
}

function parse<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node's second sentence is about arguments that begin with a hyphen.
    const [sentence = ""] = String(error instanceof Error ? error.message : error).split(". ");
    throw new UsageError(`${sentence.replace(/\.$/, "")}.`);
  }
}

function endOfOptions(args: readonly string[]): number {
  const end = args.indexOf("--");
  return end < 0 ? args.length : end;
}

function firstLine(usage: string): string {
  return usage.trim().split("\n", 1)[0] ?? "";
}

/** The whole number that an option was given. @throws {UsageError} if it is none or out of range. */
export function wholeNumber(
  option: string,
  text: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  throw new UsageError(`${option} takes a whole number ${range}, not "${text}".`);
}

/** The path of a file or folder that is there. @throws {UsageError} if it is not. */
export function existingPath(path: string): string {
  if (existsSync(path)) {
    return path;
  }
  throw new UsageError(`There is no ${path}.`);
}
