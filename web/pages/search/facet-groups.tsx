import { memo } from "react";
import { type Facet, FacetField } from "#proto/bookfinder/v1/search_pb.ts";
import type { Search } from "#web/search/search-params.ts";
import { FacetGroup } from "./facet-group.tsx";
import styles from "./facets-panel.module.css";
import { useChangeSearch } from "./use-change-search.ts";
import { YearsGroup } from "./years-group.tsx";

export type FacetsProps = { search: Search; facets: readonly Facet[] };

/** The values of all facets, each group with its own way to choose. */
export const FacetGroups = memo(function FacetGroups({ search, facets }: FacetsProps) {
  return (
    <div className={styles["groups"]}>
      {facets
        .filter((facet) => facet.values.length > 0)
        .map((facet) =>
          facet.field === FacetField.DECADE ? (
            <YearsGroup key={facet.field} search={search} facet={facet} />
          ) : (
            <FacetGroup key={facet.field} search={search} facet={facet} />
          ),
        )}
      <Demoted isHidden={search.hideDemoted} />
    </div>
  );
});

function Demoted({ isHidden }: { isHidden: boolean }) {
  const change = useChangeSearch();
  const toggle = () => change((search) => ({ ...search, hideDemoted: !isHidden }));
  return (
    <label className={styles["demoted"]}>
      <input type="checkbox" checked={isHidden} onChange={toggle} />
      Leave out reprints, summaries and notebooks
    </label>
  );
}
