/** Putting parsed parts together so that one meaning has one shape. */
import type { BookField, QueryNode, QueryNotice } from "../catalog.ts";
import { fieldNode } from "./field-values.ts";

type WordsNode = QueryNode & { kind: "words" };

function isPlainWords(node: QueryNode | undefined): node is WordsNode {
  return node?.kind === "words" && node.field === undefined && !node.excluded;
}

/**
 * A group of nodes: undefined for none, the node itself for one, groups of the same kind dissolved,
 * plain words next to each other joined into one node.
 */
export function combined(kind: "all" | "any", parts: readonly QueryNode[]): QueryNode | undefined {
  const nodes: QueryNode[] = [];
  for (const part of parts) {
    const inner = part.kind === kind && !part.excluded ? part.nodes : [part];
    for (const node of inner) {
      const before = nodes.at(-1);
      if (kind === "all" && isPlainWords(node) && isPlainWords(before)) {
        nodes[nodes.length - 1] = {
          ...before,
          text: `${before.text} ${node.text}`,
          span: { start: before.span.start, end: node.span.end },
        };
      } else {
        nodes.push(node);
      }
    }
  }
  const [first] = nodes;
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  if (nodes.length === 1) {
    return first;
  }
  const span = { start: first.span.start, end: last.span.end };
  return { kind, nodes, excluded: false, span };
}

/** The node turned into an exclusion. */
export function excluding(node: QueryNode, start: number): QueryNode {
  const span = { start, end: node.span.end };
  if (!node.excluded) {
    return { ...node, excluded: true, span };
  }
  return { kind: "all", nodes: [node], excluded: true, span };
}

/**
 * The node with its words and phrases searched in a field, where they name none themselves. What the
 * field can't have stays plain words, with a notice.
 */
export function inField(node: QueryNode, field: BookField, notices: QueryNotice[]): QueryNode {
  if (node.kind === "all" || node.kind === "any") {
    return { ...node, nodes: node.nodes.map((inner) => inField(inner, field, notices)) };
  }
  if ((node.kind !== "words" && node.kind !== "phrase") || node.field !== undefined) {
    return node;
  }
  const result = fieldNode(field, node.text, node.kind, node.span);
  if ("node" in result) {
    return { ...result.node, excluded: node.excluded };
  }
  notices.push(result.notice);
  return node;
}
