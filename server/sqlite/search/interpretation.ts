import type {
  Correction,
  QueryInterpretation,
  QueryNode,
  QueryNotice,
  Relaxation,
  SearchRequest,
} from "#server/catalog/catalog.ts";
import type { QueryWord } from "#server/catalog/ranking/query-words.ts";
import type { Ranked } from "#server/catalog/ranking/ranked.ts";
import type { Found } from "./found.ts";

/** How a query was understood: what the best result had to change and give up to match. */
export function interpret(
  request: SearchRequest,
  root: QueryNode | undefined,
  found: Found,
  notices: QueryNotice[],
): QueryInterpretation {
  const [first] = found.ids;
  const ladder = found.ladder;
  const best = ladder?.ranked.find((one) => one.id === first);
  const words = first === undefined ? undefined : ladder?.readings.get(first)?.words;
  if (best === undefined || words === undefined) {
    const { corrections, relaxations } = found;
    return { root, searchedText: request.query, corrections, relaxations, notices };
  }
  const codePoints = [...request.query];
  const typed = (word: QueryWord) => codePoints.slice(word.span.start, word.span.end).join("");
  return {
    root,
    searchedText: searchedText(words, best, typed),
    corrections: spellings(words, best, typed),
    relaxations: [...dropped(words, best, typed), ...found.relaxations],
    notices,
  };
}

type Typed = (word: QueryWord) => string;

function spellings(words: readonly QueryWord[], best: Ranked, typed: Typed): Correction[] {
  const found: Correction[] = [];
  for (const [index, word] of words.entries()) {
    const match = best.words[index]?.match;
    const original = typed(word);
    if (match?.way === "spelling") {
      found.push({ original, corrected: match.word, span: word.span, kind: "spelling" });
    }
  }
  return [...found, ...respaced(words, typed)];
}

/** Words of one span are the parts of a word that was split; a span with a space was joined. */
function respaced(words: readonly QueryWord[], typed: Typed): Correction[] {
  const found: Correction[] = [];
  for (const [index, word] of words.entries()) {
    const original = typed(word);
    const next = words[index + 1];
    if (next !== undefined && next.span.start === word.span.start) {
      const corrected = `${word.token} ${next.token}`;
      found.push({ original, corrected, span: word.span, kind: "split" });
    } else if (/\s/.test(original)) {
      found.push({ original, corrected: word.token, span: word.span, kind: "joined" });
    }
  }
  return found;
}

function dropped(words: readonly QueryWord[], best: Ranked, typed: Typed): Relaxation[] {
  const missing = words.filter((_, index) => best.words[index]?.field === "none");
  if (missing.length > words.length / 2) return [{ kind: "anyWords", text: "", span: undefined }];
  return missing.map((word) => ({ kind: "wordDropped", text: typed(word), span: word.span }));
}

function searchedText(words: readonly QueryWord[], best: Ranked, typed: Typed): string {
  const parts: string[] = [];
  for (const [index, word] of words.entries()) {
    const ranked = best.words[index];
    if (ranked?.field === "none") continue;
    parts.push(ranked?.match?.way === "spelling" ? ranked.match.word : typed(word));
  }
  return parts.join(" ");
}
