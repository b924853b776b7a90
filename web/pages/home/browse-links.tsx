import { useId } from "react";
import { type Facet, FacetField } from "#proto/bookfinder/v1/search_pb.ts";
import { exactText } from "#web/domain/counts.ts";
import { languageName } from "#web/domain/languages.ts";
import { subjectText } from "#web/domain/subjects.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { withDecades, withValue } from "#web/search/filters.ts";
import { emptySearch, formatSearch, type Search } from "#web/search/search-params.ts";
import styles from "./browse-links.module.css";

/** The most frequent subjects, languages and decades, for those who look for nothing in particular. */
export function BrowseLinks({ facets }: { facets: readonly Facet[] }) {
  const headingId = useId();
  const groups = groupsOf(facets).filter(({ links }) => links.length > 0);
  if (groups.length === 0) {
    return null;
  }
  return (
    <section className={styles["browse"]} aria-labelledby={headingId}>
      <h2 id={headingId}>Look around</h2>
      {groups.map(({ title, links }) => (
        <div key={title} className={styles["group"]}>
          <h3>{title}</h3>
          {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets. */}
          <ul role="list">
            {links.map(({ label, count, search }) => (
              <li key={label}>
                <Link href={searchPath(formatSearch(search))}>
                  <bdi>{label}</bdi>
                </Link>
                {count !== "" && <small> {count}</small>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** Decades in time, everything else as it came: the most frequent first. */
function valuesOf(facets: readonly Facet[], field: FacetField) {
  const values = facets.find((facet) => facet.field === field)?.values ?? [];
  if (field !== FacetField.DECADE) {
    return values;
  }
  return values.toSorted((one, other) => Number(one.value) - Number(other.value));
}

type Group = { title: string; links: { label: string; count: string; search: Search }[] };

function groupsOf(facets: readonly Facet[]): Group[] {
  const popular: Search = { ...emptySearch(), order: "popularity" };
  const group = (
    title: string,
    field: FacetField,
    label: (value: string, shown: string) => string,
    narrow: (value: string) => Search,
  ): Group => ({
    title,
    links: valuesOf(facets, field).map((value) => ({
      label: label(value.value, value.label),
      count: exactText(value.count),
      search: narrow(value.value),
    })),
  });
  return [
    group(
      "By subject",
      FacetField.SUBJECT,
      (_, shown) => subjectText(shown),
      (value) => withValue(popular, "subject", value, "include"),
    ),
    group("By language", FacetField.LANGUAGE, languageName, (value) =>
      withValue(popular, "language", value, "include"),
    ),
    group(
      "By decade",
      FacetField.DECADE,
      (value) => `${value}s`,
      (value) => withDecades(popular, Number(value)),
    ),
  ];
}
