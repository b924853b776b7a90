import type { ReactNode } from "react";

/** A part of a text, in code points. */
export type Span = { start: number; end: number };

/**
 * A text with the parts that matched marked. Spans count Unicode code points, as the API does, and
 * may overlap or reach beyond the text; nothing breaks if they do.
 */
export function Highlight({ text, spans }: { text: string; spans: readonly Span[] }): ReactNode {
  if (spans.length === 0) {
    return text;
  }
  return splitBySpans(text, spans).map((part) =>
    part.isMarked ? <mark key={part.start}>{part.text}</mark> : part.text,
  );
}

/** Parts of the text in order, marked or not; exported for its test. */
export function splitBySpans(text: string, spans: readonly Span[]) {
  const letters = [...text];
  const parts: { start: number; text: string; isMarked: boolean }[] = [];
  let position = 0;
  const push = (end: number, isMarked: boolean) => {
    if (end <= position) {
      return;
    }
    parts.push({ start: position, text: letters.slice(position, end).join(""), isMarked });
    position = end;
  };
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    push(Math.min(span.start, letters.length), false);
    push(Math.min(span.end, letters.length), true);
  }
  push(letters.length, false);
  return parts;
}

/** The part of a long text around its first match, with an ellipsis where it was cut. */
export function excerpt(
  text: string,
  spans: readonly Span[],
  lettersMax: number,
): { text: string; spans: Span[] } {
  const letters = [...text];
  if (letters.length <= lettersMax) {
    return { text, spans: [...spans] };
  }
  const first = Math.min(...spans.map((span) => span.start), letters.length);
  const wanted = Math.max(
    0,
    Math.min(first - Math.floor(lettersMax / 3), letters.length - lettersMax),
  );
  // Begin at a word.
  const space = wanted === 0 ? 0 : letters.indexOf(" ", wanted) + 1;
  const start = space > 0 && space <= first ? space : wanted;
  const end = Math.min(letters.length, start + lettersMax);
  const lead = start === 0 ? "" : "… ";
  const shift = [...lead].length - start;
  return {
    text: lead + letters.slice(start, end).join("") + (end < letters.length ? " …" : ""),
    spans: spans
      .filter((span) => span.start >= start && span.end <= end)
      .map((span) => ({ start: span.start + shift, end: span.end + shift })),
  };
}
