import { describe, expect, test } from "vitest";
import {
  HelpRequest,
  parseCommandLine,
  startCommand,
  type Terminal,
  UsageError,
  wholeNumber,
} from "./command-line.ts";

const syntax = {
  usage: "Usage: node x.ts [--count N] FILE\n\nDoes x.",
  options: { count: { type: "string", default: "1" } },
  positionals: [1, 2],
} as const;

/** A terminal that keeps what is written; exits are thrown. */
function aTerminal(...args: string[]) {
  const written = { out: "", err: "" };
  const terminal: Terminal = {
    argv: ["node", "x.ts", ...args],
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    exit(code) {
      throw new Error(`exit ${code}`);
    },
  };
  return { terminal, written };
}

describe("parseCommandLine", () => {
  test("gives options with their defaults, and arguments", () => {
    const { values, positionals } = parseCommandLine(["a", "--count", "3", "b"], syntax);
    expect(values.count).toBe("3");
    expect(positionals).toEqual(["a", "b"]);
    expect(parseCommandLine(["a"], syntax).values.count).toBe("1");
  });

  test.each([
    [["--nonsense", "a"], "Unknown option '--nonsense'."],
    [["a", "--count"], "argument missing"],
    [["a", "b", "c"], 'Unexpected argument "c".'],
    [[], "Usage: node x.ts [--count N] FILE"],
  ])("refuses %j in a sentence", (args, part) => {
    expect(() => parseCommandLine(args, syntax)).toThrow(UsageError);
    expect(() => parseCommandLine(args, syntax)).toThrow(part);
  });

  test.each([["--help"], ["-h"], ["a", "--nonsense", "--help"]])("helps after %s", (...args) => {
    expect(() => parseCommandLine(args, syntax)).toThrow(HelpRequest);
  });

  test("takes what stands behind -- as it is", () => {
    expect(parseCommandLine(["--", "--help"], syntax).positionals).toEqual(["--help"]);
  });
});

describe("startCommand", () => {
  const read = (args: readonly string[]) => parseCommandLine(args, syntax).positionals;

  test("gives what was read", () => {
    expect(startCommand(aTerminal("a").terminal, read)).toEqual(["a"]);
  });

  test("writes help to standard output and ends well", () => {
    const { terminal, written } = aTerminal("--help");
    expect(() => startCommand(terminal, read)).toThrow("exit 0");
    expect(written).toEqual({ out: `${syntax.usage}\n`, err: "" });
  });

  test("writes a mistake to standard error and ends with 2", () => {
    const { terminal, written } = aTerminal("a", "--wrong");
    expect(() => startCommand(terminal, read)).toThrow("exit 2");
    expect(written).toEqual({ out: "", err: "Unknown option '--wrong'. (--help says more)\n" });
  });
});

test.each(["", "x", "1.5", "0", "11", "-1"])("wholeNumber refuses %j", (text) => {
  expect(() => wholeNumber("--n", text, 1, 10)).toThrow(
    `--n takes a whole number from 1 to 10, not "${text}".`,
  );
});
