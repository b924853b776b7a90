import type { ReactNode } from "react";
import {
  Relaxation_Kind as Kind,
  type QueryInterpretation,
  type Relaxation,
} from "#proto/bookfinder/v1/search_pb.ts";
import { shorten } from "#web/domain/shorten.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { formatSearch, type Search } from "#web/search/search-params.ts";
import styles from "./interpretation.module.css";
import { QueryChips } from "./query-chips.tsx";
import { isWholeWord } from "./query-words.ts";
import { understood } from "./understood.ts";

type Props = { search: Search; interpretation: QueryInterpretation | undefined };

/** More of a query would bury the books; the whole of it stands in the field. */
const queryLettersShown = 80;
/** Remarks beyond these repeat what the first say. */
const linesMax = 4;

/** What was changed to find something: nothing is corrected or left out in silence. */
export function Interpretation({ search, interpretation }: Props) {
  if (interpretation === undefined) {
    return null;
  }
  const { corrections, relaxations, notices } = interpretation;
  const wasChanged = corrections.length + relaxations.length > 0;
  const parts = understood(interpretation.root);
  if (!wasChanged && notices.length === 0 && !search.verbatim && parts.length === 0) {
    return null;
  }
  const query = search.query.trim();
  const remarks = [
    ...relaxations.map((relaxation) => relaxationText(relaxation, query)),
    ...notices.map(({ message }) => message),
  ];
  return (
    <div className={styles["interpretation"]}>
      {parts.length > 0 && <QueryChips search={search} parts={parts} />}
      {corrections.length > 0 && (
        <p>
          Showing results for <strong>{corrected(query, corrections)}</strong>.
        </p>
      )}
      {/* Several brackets left open, say, are one remark. */}
      {[...new Set(remarks)].slice(0, linesMax).map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
      {wasChanged && (
        <p>
          <Link href={searchPath(formatSearch({ ...search, verbatim: true, pages: 1 }))}>
            Search exactly for “{shorten(query, queryLettersShown)}”
          </Link>
        </p>
      )}
      {search.verbatim && (
        <p>
          Searching exactly what was typed.{" "}
          <Link href={searchPath(formatSearch({ ...search, verbatim: false, pages: 1 }))}>
            Search with corrections
          </Link>
        </p>
      )}
    </div>
  );
}

/** The query with its corrections in place, each emphasised; of a long one the corrections alone. */
function corrected(query: string, corrections: QueryInterpretation["corrections"]): ReactNode[] {
  const letters = [...query];
  const parts: ReactNode[] = [];
  let position = 0;
  const isLong = letters.length > queryLettersShown;
  const between = (text: string) => (isLong ? " … " : text);
  const inOrder = corrections.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  for (const { span, corrected: text } of inOrder.slice(0, isLong ? linesMax : undefined)) {
    if (span === undefined || span.start < position) {
      continue;
    }
    parts.push(between(letters.slice(position, span.start).join("")));
    parts.push(<em key={span.start}>{text}</em>);
    position = span.end;
  }
  parts.push(between(letters.slice(position).join("")));
  return parts;
}

function relaxationText({ kind, text, span }: Relaxation, query: string): string {
  switch (kind) {
    case Kind.FILTER_DROPPED:
      return `No book met every filter, so “${shorten(text, queryLettersShown)}” was left out.`;
    case Kind.ANY_WORDS:
      return "No book has all of these words; these have the most telling ones.";
    default:
      // Scripts without spaces are searched by pairs of letters, and a pair is no word to a reader.
      return span === undefined || isWholeWord(query, span)
        ? `No book has all of these words: searched without “${shorten(text, queryLettersShown)}”.`
        : "No book has all of this; these have the most telling parts.";
  }
}
