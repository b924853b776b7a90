import { type Facet, FacetField, type FacetValue } from "#proto/bookfinder/v1/search_pb.ts";
import { exactText } from "#web/domain/counts.ts";
import { languageName } from "#web/domain/languages.ts";
import { subjectText } from "#web/domain/subjects.ts";
import { plainValue, withValue } from "#web/search/filters.ts";
import type { FilterField, Search } from "#web/search/search-params.ts";
import { keepFocus } from "#web/ui/keep-focus.ts";
import styles from "./facets-panel.module.css";
import { useChangeSearch } from "./use-change-search.ts";
import { useStableOrder } from "./use-stable-order.ts";

const headings: Readonly<Record<number, string>> = {
  [FacetField.AUTHOR]: "Author",
  [FacetField.LANGUAGE]: "Language",
  [FacetField.SUBJECT]: "Subject",
  [FacetField.SERIES]: "Series",
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

type Props = { search: Search; facet: Facet };

/** The values of one facet, to be included or left out. */
export function FacetGroup({ search, facet }: Props) {
  const field = filterOf[facet.field];
  // What is ticked keeps its place under the pointer, whatever the next answer counts.
  const values = useStableOrder(facet.values, search.query);
  if (field === undefined) {
    return null;
  }
  const rows = values.map((value) => (
    <ValueRow key={value.value} search={search} facet={facet} field={field} value={value} />
  ));
  const others = rows.slice(valuesShown);
  return (
    <fieldset className={styles["group"]}>
      <legend>{headings[facet.field]}</legend>
      {rows.slice(0, valuesShown)}
      {others.length > 0 && (
        <details>
          <summary>{others.length} more</summary>
          {others}
        </details>
      )}
    </fieldset>
  );
}

type RowProps = Props & { field: FilterField; value: FacetValue };

function ValueRow({ search, facet, field, value: found }: RowProps) {
  const { label, count } = found;
  const value = plainValue(found.value);
  const change = useChangeSearch();
  const { anyOf, noneOf } = search.filter[field];
  const state = anyOf.includes(value) ? "included" : noneOf.includes(value) ? "excluded" : "off";
  const text = textOf(facet.field, value, label);
  const choose = (mode: "include" | "exclude") => {
    const isOff = state === (mode === "include" ? "included" : "excluded");
    // A value that is left out is none of what is found: its row goes, and its chip has the way back.
    keepFocus([`[data-facet="${facet.field}"] input`, "[data-remove-condition]", "h1"]);
    change((current) => withValue(current, field, value, isOff ? "off" : mode));
  };
  return (
    <div className={styles["row"]} data-state={state} data-facet={facet.field}>
      <label>
        <input type="checkbox" checked={state === "included"} onChange={() => choose("include")} />
        <bdi className={styles["label"]} title={text}>
          {text}
        </bdi>
      </label>
      <button
        type="button"
        className={styles["exclude"]}
        aria-pressed={state === "excluded"}
        aria-label={`Leave out ${text}`}
        title={`Leave out ${text}`}
        onClick={() => choose("exclude")}
      >
        −
      </button>
      <span className={styles["count"]}>{exactText(count)}</span>
    </div>
  );
}

function textOf(field: FacetField, value: string, label: string): string {
  if (field === FacetField.LANGUAGE) {
    return languageName(value);
  }
  return field === FacetField.SUBJECT ? subjectText(label) : label;
}
