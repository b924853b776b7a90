import { useId } from "react";
import { type Facet, FacetField } from "#proto/bookfinder/v1/search_pb.ts";
import { countText } from "#web/domain/counts.ts";
import { languageName } from "#web/domain/languages.ts";
import { withDecade, withValue } from "#web/pages/search/filters.ts";
import { emptySearch, formatSearch, type Search } from "#web/pages/search/search-params.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import styles from "./browse-links.module.css";

/** The most frequent subjects, languages and decades, for those who look for nothing in particular. */
export function BrowseLinks({ facets }: { facets: readonly Facet[] }) {
  const headingId = useId();
  const groups = groupsOf(facets).filter(({ links }) => links.length > 0);
  if (groups.length === 0) return null;
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
                </Link>{" "}
                <small>{count}</small>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
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
    links: (facets.find((facet) => facet.field === field)?.values ?? []).map((value) => ({
      label: label(value.value, value.label),
      count: countText(value.count),
      search: narrow(value.value),
    })),
  });
  return [
    group(
      "By subject",
      FacetField.SUBJECT,
      (_, shown) => shown,
      (value) => withValue(popular, "subject", value, "include"),
    ),
    group("By language", FacetField.LANGUAGE, languageName, (value) =>
      withValue(popular, "language", value, "include"),
    ),
    group(
      "By decade",
      FacetField.DECADE,
      (value) => `${value}s`,
      (value) => withDecade(popular, Number(value)),
    ),
  ];
}
