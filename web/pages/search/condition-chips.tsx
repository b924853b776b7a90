import { useQuery } from "@connectrpc/connect-query";
import { memo, type ReactNode } from "react";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Facet } from "#proto/bookfinder/v1/search_pb.ts";
import { yearText } from "#web/domain/dates.ts";
import { languageName } from "#web/domain/languages.ts";
import { subjectText } from "#web/domain/subjects.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { type Condition, conditionsOf, plainValue, without } from "#web/search/filters.ts";
import { formatSearch, type Search, yearsOf } from "#web/search/search-params.ts";
import { Chip, ChipRow } from "#web/ui/chip.tsx";
import { keepFocus } from "#web/ui/keep-focus.ts";

type Props = { search: Search; facets: readonly Facet[] };

/** The conditions of a search, each to be taken off with one click. */
export const ConditionChips = memo(function ConditionChips({ search, facets }: Props) {
  const conditions = conditionsOf(search);
  if (conditions.length === 0) {
    return null;
  }
  return (
    <ChipRow label="Filters in use">
      {conditions.map((condition, place) => (
        <ConditionChip
          key={JSON.stringify(condition)}
          condition={condition}
          place={place}
          search={search}
          facets={facets}
        />
      ))}
    </ChipRow>
  );
});

type ChipProps = Props & { condition: Condition; place: number };

function ConditionChip({ condition, place, search, facets }: ChipProps): ReactNode {
  const { kind, text } = useDescription(condition, search, facets);
  const isExcluded = condition.kind === "value" && condition.isExcluded;
  const shown = isExcluded ? `Not ${text}` : text;
  return (
    <Chip isNegative={isExcluded}>
      <bdi>{shown}</bdi>
      <Link
        href={searchPath(formatSearch(without(search, condition)))}
        focusHeading={false}
        onFollow={() => keepFocus(["[data-remove-condition]", "h1"], place)}
        data-remove-condition=""
        aria-label={`Remove ${isExcluded ? "excluded " : ""}${kind} ${text}`.trim()}
      >
        ×
      </Link>
    </Chip>
  );
}

/** What a condition is of and what it asks for: "author", "Agatha Christie". */
function useDescription(condition: Condition, search: Search, facets: readonly Facet[]) {
  const isAuthor = condition.kind === "value" && condition.field === "author";
  const value = condition.kind === "value" ? condition.value : "";
  const label = facets
    .flatMap((facet) => facet.values)
    .find((known) => plainValue(known.value) === value)?.label;
  // An author who is none of the facet's is asked for by key.
  const isAsked = isAuthor && (label === undefined || label === value);
  const { data } = useQuery(
    BookService.method.getAuthor,
    { name: `authors/${value}` },
    { enabled: isAsked && /^OL[1-9]\d*A$/.test(value) },
  );
  switch (condition.kind) {
    case "years":
      return { kind: "years", text: yearsText(search) };
    case "demoted":
      return { kind: "filter", text: "Without reprints and summaries" };
    case "value": {
      const { field } = condition;
      if (field === "language") {
        return { kind: field, text: languageName(value) };
      }
      if (field === "subject") {
        return { kind: field, text: subjectText(label ?? value) };
      }
      return { kind: field, text: data?.author?.displayName ?? label ?? value };
    }
  }
}

function yearsText(search: Search): string {
  const { from, to } = yearsOf(search);
  if (from !== undefined && to !== undefined) {
    return from === to ? yearText(from) : `${yearText(from)} to ${yearText(to)}`;
  }
  return from === undefined ? `Until ${yearText(to ?? 0)}` : `Since ${yearText(from)}`;
}
