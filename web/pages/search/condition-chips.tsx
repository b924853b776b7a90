import { useQuery } from "@connectrpc/connect-query";
import { memo } from "react";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Facet } from "#proto/bookfinder/v1/search_pb.ts";
import { yearText } from "#web/domain/dates.ts";
import { languageName } from "#web/domain/languages.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { Chip, ChipRow } from "#web/ui/chip.tsx";
import { type Condition, conditionsOf, without } from "./filters.ts";
import { formatSearch, type Search } from "./search-params.ts";

type Props = { search: Search; facets: readonly Facet[] };

/** The conditions of a search, each to be taken off with one click. */
export const ConditionChips = memo(function ConditionChips({ search, facets }: Props) {
  const conditions = conditionsOf(search);
  if (conditions.length === 0) return null;
  return (
    <ChipRow label="Filters in use">
      {conditions.map((condition) => (
        <Chip key={JSON.stringify(condition)} isNegative={isExcluded(condition)}>
          <Label condition={condition} search={search} facets={facets} />
          <Link
            href={searchPath(formatSearch(without(search, condition)))}
            focusHeading={false}
            aria-label="Remove this filter"
          >
            ×
          </Link>
        </Chip>
      ))}
    </ChipRow>
  );
});

function isExcluded(condition: Condition): boolean {
  return condition.kind === "value" && condition.isExcluded;
}

function Label({ condition, search, facets }: Props & { condition: Condition }) {
  switch (condition.kind) {
    case "years":
      return yearsText(search);
    case "demoted":
      return "Without reprints and summaries";
    case "value": {
      const label = facets
        .flatMap((facet) => facet.values)
        .find(({ value }) => value === condition.value)?.label;
      const prefix = condition.isExcluded ? "Not " : "";
      if (condition.field === "language") return prefix + languageName(condition.value);
      if (condition.field === "author" && label === undefined) {
        return (
          <>
            {prefix}
            <AuthorName authorKey={condition.value} />
          </>
        );
      }
      return prefix + (label ?? condition.value);
    }
  }
}

/** The name of an author who is none of the facet's: asked for by key. */
function AuthorName({ authorKey }: { authorKey: string }) {
  const { data } = useQuery(BookService.method.getAuthor, {
    name: authorKey.startsWith("authors/") ? authorKey : `authors/${authorKey}`,
  });
  return data?.author?.displayName ?? authorKey;
}

function yearsText({ from, to }: Search): string {
  if (from !== undefined && to !== undefined) {
    return from === to ? yearText(from) : `${yearText(from)} to ${yearText(to)}`;
  }
  return from === undefined ? `Until ${yearText(to ?? 0)}` : `Since ${yearText(from)}`;
}
