import { memo } from "react";
import { type Facet, FacetField, type FacetValue } from "#proto/bookfinder/v1/search_pb.ts";
import { countText } from "#web/domain/counts.ts";
import { languageName } from "#web/domain/languages.ts";
import { searchPath } from "#web/paths.ts";
import { useNavigation } from "#web/router/router.tsx";
import styles from "./facets-panel.module.css";
import { conditionsOf, withDecade, withValue } from "./filters.ts";
import { type FilterField, formatSearch, type Search } from "./search-params.ts";
import { YearsForm } from "./years-form.tsx";

type Props = { search: Search; facets: readonly Facet[] };

const headings: Readonly<Record<number, string>> = {
  [FacetField.AUTHOR]: "Author",
  [FacetField.LANGUAGE]: "Language",
  [FacetField.SUBJECT]: "Subject",
  [FacetField.SERIES]: "Series",
  [FacetField.DECADE]: "First published",
  [FacetField.PUBLISHER]: "Publisher",
};

const filterOf: Readonly<Record<number, FilterField>> = {
  [FacetField.AUTHOR]: "author",
  [FacetField.LANGUAGE]: "language",
  [FacetField.SUBJECT]: "subject",
  [FacetField.SERIES]: "series",
  [FacetField.PUBLISHER]: "publisher",
};

/** Values shown before "more"; the API sends 20 at most. */
const valuesShown = 6;

/** Ways to narrow the search by what was found. Folded away on a phone. */
export const FacetsPanel = memo(function FacetsPanel({ search, facets }: Props) {
  const filled = facets.filter((facet) => facet.values.length > 0);
  const inUse = conditionsOf(search).length;
  if (filled.length === 0) return <aside className={styles["panel"]} aria-label="Filters" />;
  return (
    <aside className={styles["panel"]} aria-label="Filters">
      <details className={styles["fold"]} open={window.matchMedia("(min-width: 62rem)").matches}>
        <summary>Filters{inUse > 0 && ` (${inUse})`}</summary>
        {filled.map((facet) => (
          <FacetGroup key={facet.field} search={search} facet={facet} />
        ))}
        <Demoted search={search} />
      </details>
    </aside>
  );
});

function FacetGroup({ search, facet }: { search: Search; facet: Facet }) {
  const shown = facet.values.slice(0, valuesShown);
  const others = facet.values.slice(valuesShown);
  return (
    <fieldset className={styles["group"]}>
      <legend>{headings[facet.field] ?? "Other"}</legend>
      {shown.map((value) => (
        <ValueRow key={value.value} search={search} facet={facet} value={value} />
      ))}
      {others.length > 0 && (
        <details>
          <summary>{others.length} more</summary>
          {others.map((value) => (
            <ValueRow key={value.value} search={search} facet={facet} value={value} />
          ))}
        </details>
      )}
      {facet.field === FacetField.DECADE && (
        <YearsForm key={`${search.from} ${search.to}`} search={search} />
      )}
    </fieldset>
  );
}

function Demoted({ search }: { search: Search }) {
  const navigation = useNavigation();
  const toggle = () => {
    const next = { ...search, hideDemoted: !search.hideDemoted, pages: 1 };
    navigation.navigate(searchPath(formatSearch(next)), { focusHeading: false });
  };
  return (
    <label className={styles["demoted"]}>
      <input type="checkbox" checked={search.hideDemoted} onChange={toggle} />
      Leave out reprints, summaries and notebooks
    </label>
  );
}

type RowProps = { search: Search; facet: Facet; value: FacetValue };

function ValueRow({ search, facet, value }: RowProps) {
  const navigation = useNavigation();
  const field = filterOf[facet.field];
  const go = (next: Search) =>
    navigation.navigate(searchPath(formatSearch(next)), { focusHeading: false });
  const state = stateOf(search, field, value);
  const label = labelOf(facet.field, value);
  const include = () =>
    go(
      field === undefined
        ? withDecade(search, Number(value.value))
        : withValue(search, field, value.value, state === "included" ? "off" : "include"),
    );
  return (
    <div className={styles["row"]} data-state={state}>
      <label>
        <input type="checkbox" checked={state === "included"} onChange={include} />
        <span className={styles["label"]} dir="auto">
          {label}
        </span>
      </label>
      {field !== undefined && (
        <button
          type="button"
          className={styles["exclude"]}
          aria-pressed={state === "excluded"}
          aria-label={`Leave out ${label}`}
          title={`Leave out ${label}`}
          onClick={() =>
            go(withValue(search, field, value.value, state === "excluded" ? "off" : "exclude"))
          }
        >
          −
        </button>
      )}
      <span className={styles["count"]}>{countText(value.count)}</span>
    </div>
  );
}

function stateOf(search: Search, field: FilterField | undefined, { value }: FacetValue) {
  if (field === undefined) {
    const year = Number(value);
    return search.from === year && search.to === year + 9 ? "included" : "off";
  }
  if (search.filter[field].anyOf.includes(value)) return "included";
  return search.filter[field].noneOf.includes(value) ? "excluded" : "off";
}

function labelOf(field: FacetField, value: FacetValue): string {
  if (field === FacetField.LANGUAGE) return languageName(value.value);
  if (field === FacetField.DECADE) return `${value.value}s`;
  return value.label;
}
