/**
 * Text as dumps hold it, made fit for display and for every storage: no NUL or other control
 * characters, no halves of surrogate pairs, no HTML entities, no runs of blanks.
 */

const suspicious = /[\p{Cc}\p{Cs}\p{Co}\u200b\ufeff\u00ad\u00a0\u2028\u2029]| {2}|^ | $|&[#a-z]/iu;
/** All but TAB and line feed, which become blanks. */
const controls = /(?![\t\n])[\p{Cs}\p{Cc}\u200b\ufeff\u00ad]/gu;
const entity = /&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi;

const namedEntities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  hellip: "…",
  auml: "ä",
  ouml: "ö",
  uuml: "ü",
  szlig: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedil: "ç",
  ntilde: "ñ",
};

/**
 * Whether a text has to be looked at more closely. Most are plain ASCII without anything odd, which
 * a loop over their codes tells ten times faster than the expression does.
 */
function isSuspicious(text: string): boolean {
  let previous = 32;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 126) {
      return suspicious.test(text);
    }
    if (code < 32 || code === 38 || (code === 32 && previous === 32)) {
      return true;
    }
    previous = code;
  }
  return previous === 32 && text !== "";
}

/** One line of clean text, at most `limit` UTF-16 code units long. */
export function cleanLine(text: string, limit: number): string {
  const clean = isSuspicious(text)
    ? decodeEntities(text.replace(controls, "")).replace(/\s+/g, " ").trim()
    : text;
  return cut(clean, limit);
}

/** Clean text that may have paragraphs, at most `limit` UTF-16 code units long. */
export function cleanParagraphs(text: string, limit: number): string {
  if (!isSuspicious(text)) {
    return cut(text, limit);
  }
  const clean = decodeEntities(text.replace(/\r\n?|\u2028|\u2029/g, "\n").replace(controls, ""))
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return cut(clean, limit);
}

function decodeEntities(text: string): string {
  if (!text.includes("&")) {
    return text;
  }
  return text.replace(entity, (whole, name: string) => {
    if (!name.startsWith("#")) {
      // Capital letters matter in entities ("Auml"), but a wrong case is left as it stands.
      return namedEntities[name] ?? whole;
    }
    const isHex = name[1] === "x" || name[1] === "X";
    const code = isHex ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    const isPrintable = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isPrintable && !(code >= 127 && code <= 159) ? String.fromCodePoint(code) : whole;
  });
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const last = text.charCodeAt(limit - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splitsPair ? limit - 1 : limit).trimEnd();
}
