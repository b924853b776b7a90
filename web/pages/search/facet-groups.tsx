import { type Facet, FacetField } from "#proto/bookfinder/v1/search_pb.ts";
import { searchPath } from "#web/paths.ts";
import { useNavigation } from "#web/router/router.tsx";
import { formatSearch, type Search } from "#web/search/search-params.ts";
import { FacetGroup } from "./facet-group.tsx";
import styles from "./facets-panel.module.css";
import { YearsGroup } from "./years-group.tsx";

type Props = { search: Search; facets: readonly Facet[] };

/** The values of all facets, each group with its own way to choose. */
export function FacetGroups({ search, facets }: Props) {
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
      <Demoted search={search} />
    </div>
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
