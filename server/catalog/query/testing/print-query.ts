/** A parsed query as text that parses to the same again. */
import type { BookField, QueryNode, YearRange } from "../../catalog.ts";
import { fieldNamed } from "../fields.ts";

/** The canonical text of a query. */
export function printQuery(node: QueryNode): string {
  const text = print(node, "none", " OR ");
  // In capitals throughout, "OR" would be a word.
  return /\p{Ll}/u.test(text) ? text : print(node, "none", " | ");
}

type Parent = "none" | "all" | "any" | "minus";

function print(node: QueryNode, parent: Parent, or: " OR " | " | "): string {
  if (node.excluded) {
    const text = print({ ...node, excluded: false }, "minus", or);
    return text === "" ? "" : `-${text}`;
  }
  switch (node.kind) {
    case "all":
    case "any": {
      const parts = node.nodes
        .map((inner) => print(inner, node.kind, or))
        .filter((part) => part !== "");
      const text = parts.join(node.kind === "any" ? or : " ");
      const isTight = parent === "none" || (parent === "any" && node.kind === "all");
      return isTight || parts.length === 0 ? text : `(${text})`;
    }
    case "words": {
      const text = plainWords(node.text);
      if (text === "") {
        return "";
      }
      const isOne = !/\s/u.test(text);
      if (node.field !== undefined) {
        return `${nameOfField(node.field)}:${isOne ? text : `(${text})`}`;
      }
      return parent !== "minus" || (isOne && /^[\p{L}\p{N}]/u.test(text)) ? text : `(${text})`;
    }
    case "phrase": {
      const field = node.field === undefined ? "" : `${nameOfField(node.field)}:`;
      const text = node.text.replace(/["“”„«»‹›「」『』]/gu, " ").trim();
      return text === "" ? "" : `${field}"${text}"`;
    }
    case "years":
      return `year:${printYears(node.years)}`;
    case "identifier":
      return printIdentifier(node.type, node.text);
  }
}

function printIdentifier(type: string, text: string): string {
  if (type === "isbn13") {
    return `isbn:${text}`;
  }
  return type.endsWith("_key") ? text : `${type}:${text}`;
}

/** Words without what would be read as an operator in another place. */
function plainWords(text: string): string {
  const words = text.replace(/["“”„«»‹›「」『』()|]/gu, " ").split(/\s+/u);
  return words
    .flatMap(plainWord)
    .filter((word) => word !== "")
    .join(" ");
}

function plainWord(word: string): string[] {
  const bare = word.replace(/^[-−]+/u, "");
  if (bare === "OR") {
    return ["or"];
  }
  const colon = bare.indexOf(":");
  const isField = colon > 0 && fieldNamed(bare.slice(0, colon)) !== undefined;
  return isField ? [bare.slice(0, colon), ...plainWord(bare.slice(colon + 1))] : [bare];
}

function nameOfField(field: BookField): string {
  return field === "identifier" ? "isbn" : field;
}

/** A range in the canonical form that `readYears` reads. */
function printYears({ from, to }: YearRange): string {
  if (from !== undefined && from === to) {
    return String(from);
  }
  return `${from ?? ""}..${to ?? ""}`;
}
