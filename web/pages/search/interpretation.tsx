import type { ReactNode } from "react";
import {
  Relaxation_Kind as Kind,
  type QueryInterpretation,
  type Relaxation,
} from "#proto/bookfinder/v1/search_pb.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { Chip, ChipRow } from "#web/ui/chip.tsx";
import styles from "./interpretation.module.css";
import { formatSearch, type Search } from "./search-params.ts";
import { understood } from "./understood.ts";

type Props = { search: Search; interpretation: QueryInterpretation | undefined };

/** What was changed to find something: nothing is corrected or left out in silence. */
export function Interpretation({ search, interpretation }: Props) {
  if (interpretation === undefined) return null;
  const { corrections, relaxations, notices } = interpretation;
  const wasChanged = corrections.length + relaxations.length > 0;
  const parts = understood(interpretation.root);
  if (!wasChanged && notices.length === 0 && !search.verbatim && parts.length === 0) return null;
  return (
    <div className={styles["interpretation"]}>
      {parts.length > 0 && (
        <ChipRow label="The query as understood">
          {parts.map(({ text, isExcluded }) => (
            <Chip key={text} isNegative={isExcluded}>
              {isExcluded ? `not ${text}` : text}
            </Chip>
          ))}
        </ChipRow>
      )}
      {corrections.length > 0 && (
        <p>
          Showing results for <strong>{corrected(search.query, corrections)}</strong>.
        </p>
      )}
      {relaxations.map((relaxation) => (
        <p key={relaxation.kind + relaxation.text}>{relaxationText(relaxation)}</p>
      ))}
      {notices.map((notice) => (
        <p key={notice.reason + notice.message}>{notice.message}</p>
      ))}
      {wasChanged && (
        <p>
          <Link href={searchPath(formatSearch({ ...search, verbatim: true, pages: 1 }))}>
            Search exactly for “{search.query}”
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

/** The query with its corrections in place, each emphasised. */
function corrected(query: string, corrections: QueryInterpretation["corrections"]): ReactNode[] {
  const letters = [...query];
  const parts: ReactNode[] = [];
  let position = 0;
  const inOrder = corrections.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  for (const { span, corrected: text } of inOrder) {
    if (span === undefined || span.start < position) continue;
    parts.push(letters.slice(position, span.start).join(""), <em key={span.start}>{text}</em>);
    position = span.end;
  }
  parts.push(letters.slice(position).join(""));
  return parts;
}

function relaxationText({ kind, text }: Relaxation): ReactNode {
  switch (kind) {
    case Kind.FILTER_DROPPED:
      return `No book met every filter, so “${text}” was left out.`;
    case Kind.ANY_WORDS:
      return "No book has all of these words; these have the most telling ones.";
    default:
      return (
        <>
          No book has all of these words: searched without <s>{text}</s>.
        </>
      );
  }
}
