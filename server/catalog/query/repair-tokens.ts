/**
 * Makes the tokens of any query ones that the parser can't stumble over: parentheses in pairs, none
 * of them empty or too deep, an OR only between two things, a minus only before one. What is taken
 * away is remarked on; the words are all still there.
 */
import type { QueryNotice, TextSpan } from "../catalog.ts";
import { notice } from "../notices.ts";
import type { QueryToken } from "./read-token.ts";

/** Deeper parentheses are ignored: nobody writes them, and the parser recurses. */
const maxDepth = 10;

export function repairTokens(tokens: readonly QueryToken[], notices: QueryNotice[]): QueryToken[] {
  return withoutLoneOperators(withPairedParentheses(tokens, notices), notices);
}

function spanOf({ start, end }: QueryToken): TextSpan {
  return { start, end };
}

function withPairedParentheses(
  tokens: readonly QueryToken[],
  notices: QueryNotice[],
): QueryToken[] {
  const dropped = new Set<number>();
  const open: number[] = [];
  for (const [place, token] of tokens.entries()) {
    if (token.kind === "open") {
      open.push(place);
    }
    if (token.kind !== "close") {
      continue;
    }
    const partner = open.pop();
    if (partner === undefined) {
      dropped.add(place);
      notices.push(notice("unmatched_parenthesis", spanOf(token), ")"));
    } else if (isEmpty(tokens, partner, place, dropped)) {
      dropped.add(partner).add(place);
      // A minus before nothing would leave out what follows.
      if (tokens[partner - 1]?.kind === "minus") {
        dropped.add(partner - 1);
      }
      const start = tokens[partner]?.start ?? token.start;
      notices.push(notice("empty_parentheses", { start, end: token.end }));
    } else if (open.length >= maxDepth) {
      dropped.add(partner).add(place);
      if (open.length > maxDepth) {
        continue;
      }
      notices.push(notice("too_deep", spanOf(token), maxDepth));
    }
  }
  for (const place of open) {
    const token = tokens[place];
    dropped.add(place);
    if (token !== undefined) {
      notices.push(notice("unmatched_parenthesis", spanOf(token), "("));
    }
  }
  return tokens.filter((_, place) => !dropped.has(place));
}

/** Nothing but dropped parentheses between the two; looks only as far as the first token left. */
function isEmpty(
  tokens: readonly QueryToken[],
  open: number,
  close: number,
  dropped: ReadonlySet<number>,
): boolean {
  let place = open + 1;
  while (place < close && dropped.has(place)) {
    place++;
  }
  return place === close && tokens[place] !== undefined;
}

function withoutLoneOperators(tokens: readonly QueryToken[], notices: QueryNotice[]): QueryToken[] {
  const kept: QueryToken[] = [];
  for (const [place, token] of tokens.entries()) {
    const next = tokens[place + 1]?.kind;
    if (token.kind === "minus" && (next === undefined || next === "close" || next === "or")) {
      continue;
    }
    if (token.kind !== "or") {
      kept.push(token);
      continue;
    }
    const before = kept.at(-1)?.kind;
    const isFirst =
      before === undefined || before === "open" || before === "or" || before === "minus";
    const isLast = next === undefined || next === "close" || next === "or";
    if (!isFirst && !isLast && before !== "field") {
      kept.push(token);
      continue;
    }
    const isWord = token.end - token.start === 2;
    notices.push(notice("lonely_or", spanOf(token), isWord ? "OR" : "|"));
    if (isWord) {
      kept.push({ kind: "word", text: "OR", start: token.start, end: token.end });
    }
  }
  return kept;
}
