/** What a Dockerfile says, as far as ours goes. */

export type Instruction = { name: string; text: string };

export type Stage = {
  name: string;
  base: string;
  instructions: Instruction[];
};

/** @throws {Error} at a line that is no instruction. */
export function parseDockerfile(text: string): { args: Map<string, string>; stages: Stage[] } {
  const args = new Map<string, string>();
  const stages: Stage[] = [];
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n");
  for (const line of lines.filter((each) => each.trim() !== "")) {
    const [, name = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (name === "ARG") {
      const [key = "", value = ""] = rest.split("=");
      args.set(key, value);
    } else if (name === "FROM") {
      const [base = "", , stage = ""] = rest.split(" ");
      stages.push({ name: stage, base, instructions: [] });
    } else if (name !== "" && stages.length > 0) {
      stages.at(-1)?.instructions.push({ name, text: rest });
    } else {
      throw new Error(`"${line}" is no instruction of a Dockerfile.`);
    }
  }
  return { args, stages };
}

/** The texts of all instructions of a name in a stage. */
export function textsOf(stage: Stage | undefined, name: string): string[] {
  return (stage?.instructions ?? []).filter((one) => one.name === name).map(({ text }) => text);
}

/** The command in `CMD ["node", "x.ts"]` or at the end of `HEALTHCHECK --interval=1s CMD ["node"]`. */
export function commandIn(text: string): string[] {
  // Only the JSON form is used, which needs no shell.
  return JSON.parse(text.slice(text.indexOf("["))) as string[];
}

/** The variables of `ENV A=b C=d`. */
export function environmentOf(stage: Stage | undefined): Record<string, string> {
  const pairs = textsOf(stage, "ENV").flatMap((text) => text.trim().split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => pair.split("=", 2)));
}
