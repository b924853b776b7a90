/**
 * The query language. It never refuses: what can't be understood as an operator is searched as words,
 * and a notice says so and where.
 *
 *     query  = all { ("OR" | "|") all }          words side by side bind more tightly than OR
 *     all    = part { part }
 *     part   = ["-"] ( "(" query ")" | field ":" value | phrase | identifier | word )
 *
 * Plain words next to each other stay one node with the words as typed, because an engine sees more
 * in "lord of the rings" than in four words.
 */
import type { QueryNode, QueryNotice } from "../catalog.ts";
import { notice } from "../notices.ts";
import { QueryParser } from "./query-parser.ts";
import { queryTokens } from "./query-tokens.ts";
import { repairTokens } from "./repair-tokens.ts";

export type ParsedQuery = { root: QueryNode | undefined; notices: QueryNotice[] };

/** Twice what the API admits. In code points. */
const maxLength = 4000;
const maxNotices = 20;

/** Parses a query; linear in its length. `root` is undefined if it holds nothing to search. */
export function parseQuery(query: string): ParsedQuery {
  const characters = [...query];
  const notices: QueryNotice[] = [];
  if (characters.length > maxLength) {
    const cut = { start: maxLength, end: characters.length };
    notices.push(notice("too_long", cut, maxLength));
    characters.length = maxLength;
  }
  const tokens = repairTokens(queryTokens(characters, notices), notices);
  const root = new QueryParser(tokens, notices).parse();
  if (root !== undefined && excludesOnly(root)) {
    notices.push(notice("only_exclusions", root.span));
  }
  return { root, notices: notices.slice(0, maxNotices) };
}

function excludesOnly(node: QueryNode): boolean {
  if (node.excluded) {
    return true;
  }
  if (node.kind === "all") {
    return node.nodes.every(excludesOnly);
  }
  return node.kind === "any" && node.nodes.some(excludesOnly);
}
