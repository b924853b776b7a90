import { type Logger, type LoggerOptions, pino } from "pino";
import type { Config } from "./config.ts";
import { LogWriter } from "./log-writer.ts";

/** What callers send (paths, messages about their input) may fill so much of a line, field by field. */
const FIELD_CHARS_MAX = 200;
/** The configuration lets queries be longer; it has a limit of its own. */
const UNBOUNDED_FIELDS = new Set(["query"]);
/**
 * Characters that change what a terminal or a reader shows: controls (also those of one byte that
 * JSON leaves as they are), line separators and marks of writing direction.
 */
const CONTROLS = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export type LogOutput = { fd: number; isTTY: boolean };

/**
 * The log: one JSON object per line on standard output; one readable line each where a person
 * watches it on a terminal.
 *
 * A server that can't log goes on serving, and says how many lines are lost once it can. `flush`
 * belongs at the end of the process.
 */
export function createLog(
  { logLevel, logFormat }: Pick<Config, "logLevel" | "logFormat">,
  output: LogOutput,
): { log: Logger; flush: () => void } {
  const isText = logFormat === "text" || (logFormat === "auto" && output.isTTY);
  const writer = new LogWriter(output.fd);
  const options: LoggerOptions = {
    level: logLevel,
    base: null,
    formatters: { log: boundFields },
    hooks: {
      logMethod(parameters, method) {
        const [fields, message, ...rest] = parameters;
        // Overloads of a method can't be told apart here; what is not text is passed on as it is.
        const bounded: unknown = typeof message === "string" ? bound(message) : message;
        method.apply(this, [fields, bounded, ...rest] as typeof parameters);
      },
    },
    ...(isText ? {} : { timestamp: pino.stdTimeFunctions.isoTime }),
  };
  const log = pino(options, {
    write(line: string) {
      const lostLines = writer.takeLostCount();
      writer.write(isText ? readable(line) : escaped(line));
      if (lostLines > 0) {
        log.warn({ lostLines }, "The log could not be written; lines are lost");
      }
    },
  });
  return { log, flush: () => writer.flush() };
}

function bound(text: string): string {
  return text.length > FIELD_CHARS_MAX ? `${text.slice(0, FIELD_CHARS_MAX)}…` : text;
}

function boundFields(fields: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(fields)) {
    if (
      typeof value === "string" &&
      value.length > FIELD_CHARS_MAX &&
      !UNBOUNDED_FIELDS.has(name)
    ) {
      fields[name] = bound(value);
    }
  }
  return fields;
}

/** A line whose controls are escapes of JSON. */
function escaped(line: string): string {
  return line.replace(CONTROLS, (control) => (control === "\n" ? control : escapeOf(control)));
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function readable(line: string): string {
  // pino has just written it, as an object with these fields.
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${plain(value)}`);
  const name = pino.levels.labels[Number(level)] ?? String(level);
  return `${clock} ${name.padEnd(5)} ${plain(msg ?? "")}  ${fields.join(" ")}${stackOf(err)}\n`;
}

/** A value on one line, which no caller can end or colour. */
function plain(value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.replace(CONTROLS, escapeOf);
}

/** Indented, so that an error whose message a caller has made can't forge a line either. */
function stackOf(error: unknown): string {
  return typeof error === "object" && error !== null && "stack" in error
    ? `\n${String(error.stack)
        .split("\n")
        .map((line) => `  ${plain(line)}`)
        .join("\n")}`
    : "";
}
