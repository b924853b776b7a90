import type { Face } from "./shapes.ts";
import { textWidth } from "./widths.ts";

/** Lines of a text and the size at which they fill a box. */
export type Fit = { lines: string[]; size: number };

export type FitRequest = {
  text: string;
  face: Face;
  width: number;
  height: number;
  sizeMax: number;
  /** Below this the text is cut short with an ellipsis instead. */
  sizeMin: number;
  linesMax: number;
  /** Distance of baselines over type size. */
  leading: number;
  spacing?: number;
};

type Token = { text: string; hasSpaceBefore: boolean };

/** Each step of trying a smaller size. */
const shrink = 0.95;
/** Capital letters reach this far above the baseline, over type size; both our families agree. */
const capHeight = 0.7;
/** Other scripts fill more of the line; Arabic adds its marks above. */
const tallScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Thai}]/u;
const tallHeight = 0.9;
const descent = 0.22;

/** Finds the largest size at which the text fits the box, and breaks it into even lines. */
export function fitText(request: FitRequest): Fit {
  const tokens = tokensOf(request.text);
  if (tokens.length === 0) {
    return { lines: [], size: request.sizeMax };
  }
  for (let size = request.sizeMax; size >= request.sizeMin; size *= shrink) {
    const measure = measureAt(request, size);
    if (tokens.some((token) => measure(token.text) > request.width)) {
      continue;
    }
    const lines = wrap(tokens, request.width, measure);
    if (fits(lines, size, request)) {
      return { lines: balance(tokens, lines, request, measure), size };
    }
  }
  return cutShort(tokens, request);
}

/** Distance from the top of the first line's letters to its baseline, over type size. */
export function ascentOf(lines: readonly string[]): number {
  return tallScripts.test(lines[0] ?? "") ? tallHeight : capHeight;
}

/** Height from the top of the first line's letters to below the descenders of the last line. */
export function fitHeight(fit: Fit, leading: number): number {
  if (fit.lines.length === 0) {
    return 0;
  }
  return (ascentOf(fit.lines) + (fit.lines.length - 1) * leading + descent) * fit.size;
}

function measureAt({ face, spacing }: FitRequest, size: number) {
  return (text: string) => textWidth(text, face, size, spacing);
}

function fits(lines: string[], size: number, request: FitRequest): boolean {
  return (
    lines.length <= request.linesMax &&
    fitHeight({ lines, size }, request.leading) <= request.height
  );
}

/** Words; between CJK letters a line may break anywhere but before closing punctuation. */
function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const word of text.trim().split(/\s+/u)) {
    const parts = word.match(cjkParts) ?? [];
    parts.forEach((part, index) => {
      tokens.push({ text: part, hasSpaceBefore: index === 0 });
    });
  }
  return tokens;
}

const cjkParts =
  /[「『（《〈]?[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][、。，．・：；？！」』）》〉ー～ぁぃぅぇぉっゃゅょァィゥェォッャュョ々]*|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

function wrap(tokens: Token[], width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const token of tokens) {
    const longer = line === "" ? token.text : line + (token.hasSpaceBefore ? " " : "") + token.text;
    if (line !== "" && measure(longer) > width) {
      lines.push(line);
      line = token.text;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines;
}

/** Narrows the lines as far as their number stays: no last line with a single short word. */
function balance(
  tokens: Token[],
  lines: string[],
  request: FitRequest,
  measure: (text: string) => number,
): string[] {
  if (lines.length === 1) {
    return lines;
  }
  let low = Math.max(...tokens.map((token) => measure(token.text)));
  let high = request.width;
  let best = lines;
  for (let step = 0; step < 7; step++) {
    const width = (low + high) / 2;
    const narrower = wrap(tokens, width, measure);
    if (narrower.length === lines.length) {
      best = narrower;
      high = width;
    } else {
      low = width;
    }
  }
  return best;
}

/** At the smallest size: words too long are broken, what is too much ends in an ellipsis. */
function cutShort(tokens: Token[], request: FitRequest): Fit {
  const size = request.sizeMin;
  const measure = measureAt(request, size);
  const pieces = tokens.flatMap((token) => breakWord(token, request.width, measure));
  const all = wrap(pieces, request.width, measure);
  const tall = ascentOf(all) + descent;
  const room = Math.floor((request.height / size - tall) / request.leading) + 1;
  const count = Math.max(1, Math.min(request.linesMax, room));
  if (all.length <= count) {
    return { lines: all, size };
  }
  const lines = all.slice(0, count);
  let last = lines.pop() ?? "";
  while (last !== "" && measure(`${last}…`) > request.width) {
    last = [...last].slice(0, -1).join("");
  }
  return { lines: [...lines, `${last.trimEnd()}…`], size };
}

function breakWord(token: Token, width: number, measure: (text: string) => number): Token[] {
  if (measure(token.text) <= width) {
    return [token];
  }
  const pieces: Token[] = [];
  let piece = "";
  for (const character of token.text) {
    if (piece !== "" && measure(`${piece}${character}-`) > width) {
      pieces.push({
        text: `${piece}-`,
        hasSpaceBefore: pieces.length === 0 && token.hasSpaceBefore,
      });
      piece = "";
    }
    piece += character;
  }
  pieces.push({ text: piece, hasSpaceBefore: false });
  return pieces;
}
