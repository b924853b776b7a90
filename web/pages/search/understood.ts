import { BookField, type QueryNode, type QueryTerm } from "#proto/bookfinder/v1/search_pb.ts";
import { yearText } from "#web/domain/dates.ts";

const fieldNames: Readonly<Record<number, string>> = {
  [BookField.TITLE]: "title",
  [BookField.OTHER_TITLE]: "title",
  [BookField.AUTHOR]: "author",
  [BookField.SERIES]: "series",
  [BookField.SUBJECT]: "subject",
  [BookField.TOPIC]: "about",
  [BookField.DESCRIPTION]: "description",
  [BookField.PUBLISHER]: "publisher",
  [BookField.IDENTIFIER]: "number",
  [BookField.LANGUAGE]: "language",
  [BookField.YEAR]: "year",
};

const identifierNames: Readonly<Record<string, string>> = {
  isbn13: "ISBN",
  lccn: "LCCN",
  oclc: "OCLC number",
  work_key: "book",
  edition_key: "edition",
  author_key: "author",
};

/** A part of the query in words: "author: woolf", "not orlando", "from 1920 to 1940". */
export type QueryPart = {
  text: string;
  isExcluded: boolean;
  /** Where it stands in the query, in code points; undefined if it isn't known. */
  span: { start: number; end: number } | undefined;
};

/** The query without one of its parts. */
export function withoutPart(query: string, { span }: QueryPart): string {
  if (span === undefined) {
    return query;
  }
  const letters = [...query];
  const rest = [...letters.slice(0, span.start), " ", ...letters.slice(span.end)].join("");
  return rest.replace(/\s+/gu, " ").trim();
}

/** The parsed query in words, if it says more than its words do; else nothing. */
export function understood(root: QueryNode | undefined): QueryPart[] {
  if (root === undefined || isPlain(root)) {
    return [];
  }
  const isList = root.kind.case === "all" && !root.excluded;
  return (isList && root.kind.case === "all" ? root.kind.value.nodes : [root]).map((node) => ({
    text: textOf(node),
    isExcluded: node.excluded,
    span: node.span,
  }));
}

function isPlain(node: QueryNode): boolean {
  if (node.excluded) {
    return false;
  }
  switch (node.kind.case) {
    case "all":
      return node.kind.value.nodes.every(isPlain);
    case "term": {
      const { field, phrase, years, identifierType } = node.kind.value;
      return (
        field === BookField.UNSPECIFIED && !phrase && years === undefined && identifierType === ""
      );
    }
    default:
      return node.kind.case === undefined;
  }
}

function textOf({ kind }: QueryNode): string {
  switch (kind.case) {
    case "term":
      return termText(kind.value);
    case "all":
      return kind.value.nodes.map(inner).join(" and ");
    case "any":
      return kind.value.nodes.map(inner).join(" or ");
    default:
      return "";
  }
}

function inner(node: QueryNode): string {
  const text = node.kind.case === "term" ? textOf(node) : `(${textOf(node)})`;
  return node.excluded ? `not ${text}` : text;
}

function termText({ field, text, phrase, years, identifierType }: QueryTerm): string {
  if (years !== undefined) {
    const { from, to } = years;
    if (from !== undefined && from === to) {
      return `from ${yearText(from)}`;
    }
    const parts = [
      from === undefined ? "" : `from ${yearText(from)}`,
      to === undefined ? "" : `until ${yearText(to)}`,
    ];
    return parts.filter((part) => part !== "").join(" ");
  }
  const quoted = phrase ? `“${text}”` : text;
  const name = identifierNames[identifierType] ?? fieldNames[field];
  return name === undefined ? quoted : `${name}: ${quoted}`;
}
