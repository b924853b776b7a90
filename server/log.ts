import { type Logger, type LoggerOptions, pino } from "pino";
import type { Config } from "./config.ts";

/**
 * The log: one JSON object per line on standard output; one readable line each where a person
 * watches it on a terminal.
 */
export function createLog(
  { logLevel, logFormat }: Pick<Config, "logLevel" | "logFormat">,
  output: NodeJS.WriteStream,
): Logger {
  const isText = logFormat === "text" || (logFormat === "auto" && output.isTTY);
  const options: LoggerOptions = { level: logLevel, base: null };
  if (!isText) {
    return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, output);
  }
  return pino(options, { write: (line: string) => void output.write(readable(line)) });
}

function readable(line: string): string {
  // pino has just written it, as an object with these fields.
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`);
  const stack =
    typeof err === "object" && err !== null && "stack" in err ? `\n${String(err.stack)}` : "";
  const name = pino.levels.labels[Number(level)] ?? String(level);
  return `${clock} ${name.padEnd(5)} ${String(msg ?? "")}  ${fields.join(" ")}${stack}\n`;
}
