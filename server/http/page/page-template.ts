import { createHash } from "node:crypto";
import type { Html } from "./html.ts";

/** The built page, into which each address writes its head and its content. */
export type PageTemplate = {
  fill(head: Html, content: Html, answers: Html | undefined): string;
  /** Sources for the content security policy: the scripts that stand in the page itself. */
  scriptHashes: readonly string[];
};

const heads = /<title>[^<]*<\/title>|<meta\s+name="description"[^>]*>/g;
const place = /<div id="app"><\/div>/;

/** Reads a built index.html. Without a place for it, the content is left out. */
export function readTemplate(source: string): PageTemplate {
  const title = source.search(/<title>/);
  const before = source.slice(0, Math.max(0, title));
  const after = source.slice(Math.max(0, title));
  return {
    fill: (head, content, answers) =>
      // Functions, because "$&" in a title would otherwise be read as a pattern.
      `${before.replace(heads, "")}${head.text}${after.replace(heads, "")}`.replace(
        place,
        () => `<div id="app">${content.text}</div>${answers?.text ?? ""}`,
      ),
    scriptHashes: [...source.matchAll(/<script>([^<]*)<\/script>/g)].map(
      ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
    ),
  };
}
