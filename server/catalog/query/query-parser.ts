/** The grammar of parse-query.ts as code: one method per rule, recursive descent over repaired tokens. */
import type { BookField, QueryNode, QueryNotice, TextSpan } from "../catalog.ts";
import { notice } from "../notices.ts";
import { fieldNode, isOnlySigns } from "./field-values.ts";
import { combined, excluding, inField } from "./nodes.ts";
import type { QueryToken } from "./read-token.ts";

/** Parts other than plain words side by side; more would be a program, not a search. */
const maxTerms = 64;
/** A pasted list of them may be longer. */
const maxIdentifiers = 200;

/** Signs alone find nothing that could be left out. */
function isMute(node: QueryNode): boolean {
  return (node.kind === "words" || node.kind === "phrase") && isOnlySigns(node.text);
}

type FieldToken = QueryToken & { kind: "field" };
type TextToken = QueryToken & { kind: "word" | "phrase" };

/** Parses the tokens of one query once; `repairTokens` has bounded the depth. */
export class QueryParser {
  #tokens: readonly QueryToken[];
  #notices: QueryNotice[];
  #place = 0;
  #terms = 0;
  #identifiers = 0;

  constructor(tokens: readonly QueryToken[], notices: QueryNotice[]) {
    this.#tokens = tokens;
    this.#notices = notices;
  }

  parse(): QueryNode | undefined {
    return this.#any();
  }

  #any(): QueryNode | undefined {
    const alternatives: QueryNode[] = [];
    for (;;) {
      const node = this.#all();
      if (node !== undefined) {
        alternatives.push(node);
      }
      if (this.#tokens[this.#place]?.kind !== "or") {
        break;
      }
      this.#place++;
    }
    if (alternatives.length < 2) {
      return alternatives[0];
    }
    for (const { span } of alternatives.filter(({ excluded }) => excluded)) {
      this.#notices.push(notice("excluded_alternative", span));
    }
    const kept = alternatives.filter(({ excluded }) => !excluded);
    const telling = kept.filter((node) => !isMute(node));
    return telling.length > 0 ? combined("any", telling) : combined("all", kept);
  }

  #all(): QueryNode | undefined {
    const nodes: QueryNode[] = [];
    for (;;) {
      const token = this.#tokens[this.#place];
      if (token === undefined || token.kind === "or" || token.kind === "close") {
        break;
      }
      const node = this.#part(token);
      if (node !== undefined) {
        nodes.push(node);
      }
    }
    const node = combined("all", nodes);
    if (node?.kind !== "all" || node.excluded) {
      return node;
    }
    // "dune" - "emma": the hyphen is no word to look for; "!!!" alone is.
    const significant = node.nodes.filter((part) => !isMute(part));
    return combined("all", withAnyIdentifier(significant.length === 0 ? node.nodes : significant));
  }

  #part(token: QueryToken): QueryNode | undefined {
    this.#place++;
    switch (token.kind) {
      case "minus": {
        const next = this.#tokens[this.#place];
        const node =
          next === undefined
            ? undefined
            : next.kind === "open"
              ? this.#group(next)
              : this.#part(next);
        return node === undefined || isMute(node) ? undefined : excluding(node, token.start);
      }
      case "open": {
        this.#place--;
        const node = this.#group(token);
        return node === undefined ? undefined : asTyped(node);
      }
      case "field":
        return this.#field(token);
      case "identifier": {
        if (++this.#identifiers > maxIdentifiers) {
          return this.#tooMany(token);
        }
        const { type, text, valid, proposals } = token.identifier;
        if (!valid) {
          this.#mistypedIsbn(text, proposals, token);
        }
        const span = { start: token.start, end: token.end };
        return { kind: "identifier", type, text, excluded: false, span };
      }
      case "word":
      case "phrase":
        return this.#text(token, undefined);
      case "or":
      case "close":
        // `#all` stops before them, and `repairTokens` leaves none after a minus.
        return undefined;
    }
  }

  /** @param open stands at the cursor. */
  #group(open: QueryToken): QueryNode | undefined {
    this.#place++;
    const node = this.#any();
    const close = this.#tokens[this.#place] ?? open;
    this.#place++;
    return node === undefined
      ? undefined
      : { ...node, span: { start: open.start, end: close.end } };
  }

  #text(token: TextToken, field: BookField | undefined): QueryNode | undefined {
    const isRun = token.kind === "word" && this.#tokens[this.#place - 2]?.kind === "word";
    if (!isRun && ++this.#terms > maxTerms) {
      return this.#tooMany(token);
    }
    if (this.#terms > maxTerms) {
      return undefined;
    }
    const span = { start: token.start, end: token.end };
    const kind = token.kind === "word" || isOnlySigns(token.text) ? "words" : "phrase";
    return { kind, field, text: token.text, excluded: false, span };
  }

  #field(token: FieldToken): QueryNode | undefined {
    const next = this.#tokens[this.#place];
    if (next?.kind === "open") {
      const group = this.#group(next);
      return group === undefined ? undefined : inField(group, token.field, this.#notices);
    }
    if (next?.kind === "identifier") {
      return undefined;
    }
    if (next?.kind !== "word" && next?.kind !== "phrase") {
      const span = { start: token.start, end: token.end };
      this.#notices.push(notice("empty_field", span, token.text));
      return this.#asWord(token);
    }
    const start = this.#place;
    const value = this.#value(next, token);
    const span = { start: token.start, end: value.end };
    const result = fieldNode(
      token.field,
      value.text,
      value.kind === "word" ? "words" : "phrase",
      span,
    );
    if ("node" in result) {
      if (++this.#terms > maxTerms) {
        return this.#tooMany(value);
      }
      return result.node;
    }
    // "language: its structure and use" is a title, not a mistake.
    this.#place = start;
    if (!token.isSpaced) {
      this.#notices.push(result.notice);
    }
    return token.isSpaced ? this.#asWord(token) : undefined;
  }

  /** One word or phrase; after "title: " every word up to the next operator. */
  #value(first: TextToken, field: FieldToken): TextToken {
    this.#place++;
    const needsMore = /^[<>]=?$/.test(first.text);
    if (first.kind === "phrase" || !(field.isSpaced || needsMore)) {
      return first;
    }
    let value = first;
    for (;;) {
      const next = this.#tokens[this.#place];
      if (next?.kind !== "word") {
        return value;
      }
      if (!field.isSpaced && value !== first) {
        return value;
      }
      const glue = needsMore && value === first ? "" : " ";
      value = { ...value, text: `${value.text}${glue}${next.text}`, end: next.end };
      this.#place++;
    }
  }

  #asWord(token: FieldToken): QueryNode | undefined {
    const text = `${token.text}:`;
    return this.#text({ kind: "word", text, start: token.start, end: token.end }, undefined);
  }

  #tooMany(span: TextSpan): undefined {
    if (this.#notices.some(({ reason }) => reason === "too_many_terms")) {
      return undefined;
    }
    const last = this.#tokens.at(-1)?.end ?? span.end;
    this.#notices.push(notice("too_many_terms", { start: span.start, end: last }, maxTerms));
    return undefined;
  }

  #mistypedIsbn(text: string, [nearest]: string[], { start, end }: TextSpan): void {
    const { length } = text;
    this.#notices.push(
      length === 10 || length === 13
        ? notice("invalid_check_digit", { start, end }, text, nearest)
        : notice("bad_isbn", { start, end }, text, length),
    );
  }
}

/** Identifiers side by side are a list: any of them, where no book could be all of them. */
function withAnyIdentifier(nodes: readonly QueryNode[]): QueryNode[] {
  const result: QueryNode[] = [];
  let run: QueryNode[] = [];
  const close = () => {
    const group = combined("any", run);
    if (group !== undefined) {
      result.push(group);
    }
    run = [];
  };
  for (const node of nodes) {
    if (node.kind === "identifier" && !node.excluded) {
      run.push(node);
      continue;
    }
    close();
    result.push(node);
  }
  close();
  return result;
}

/** Plain words in parentheses are words as typed: "Emma (Oxford World's Classics)". */
function asTyped(node: QueryNode): QueryNode {
  const isPlain =
    node.kind === "words" && node.field === undefined && !node.excluded && !isMute(node);
  return isPlain && !node.text.startsWith("(") ? { ...node, text: `(${node.text})` } : node;
}
