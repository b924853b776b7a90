import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { searchFieldId } from "#web/search/landmarks.ts";
import { formatSearch, type Search } from "#web/search/search-params.ts";
import { Chip, ChipRow } from "#web/ui/chip.tsx";
import { keepFocus } from "#web/ui/keep-focus.ts";
import { type QueryPart, withoutPart } from "./understood.ts";

type Props = { search: Search; parts: readonly QueryPart[] };

/** The query as it was understood, part by part: each can be changed in the field, or taken out. */
export function QueryChips({ search, parts }: Props) {
  return (
    <ChipRow label="The query as understood">
      {parts.map((part, place) => {
        const text = part.isExcluded ? `not ${part.text}` : part.text;
        const rest = { ...search, query: withoutPart(search.query, part), pages: 1 };
        return (
          // Two parts may read the same; their places differ.
          <Chip key={`${part.span?.start ?? place} ${text}`} isNegative={part.isExcluded}>
            {part.span === undefined ? (
              <bdi>{text}</bdi>
            ) : (
              <>
                <button
                  type="button"
                  onClick={() => selectInField(part)}
                  aria-label={`Edit ${text}`}
                >
                  <bdi>{text}</bdi>
                </button>
                <Link
                  href={searchPath(formatSearch(rest))}
                  focusHeading={false}
                  onFollow={() => keepFocus(["[data-remove-part]", "h1"], place)}
                  data-remove-part=""
                  aria-label={`Remove ${text}`}
                >
                  ×
                </Link>
              </>
            )}
          </Chip>
        );
      })}
    </ChipRow>
  );
}

/** Puts the caret where the part stands, selected, ready to be typed over. */
function selectInField({ span }: QueryPart): void {
  const field = document.getElementById(searchFieldId);
  if (!(field instanceof HTMLInputElement) || span === undefined) {
    return;
  }
  // Spans count code points of the trimmed query, selections UTF-16 units of the field.
  const lead = field.value.length - field.value.trimStart().length;
  const letters = [...field.value.trim()];
  const units = (count: number) => lead + letters.slice(0, count).join("").length;
  field.focus();
  field.setSelectionRange(units(span.start), units(span.end));
}
