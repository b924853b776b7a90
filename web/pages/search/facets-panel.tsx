import { memo, useState } from "react";
import { type Facet, FacetField } from "#proto/bookfinder/v1/search_pb.ts";
import { searchPath } from "#web/paths.ts";
import { useNavigation } from "#web/router/router.tsx";
import { formatSearch, type Search } from "#web/search/search-params.ts";
import { Button } from "#web/ui/button.tsx";
import { Sheet } from "#web/ui/sheet.tsx";
import { useMediaQuery } from "#web/ui/use-media-query.ts";
import { FacetGroup } from "./facet-group.tsx";
import styles from "./facets-panel.module.css";
import { conditionsOf } from "./filters.ts";
import { YearsGroup } from "./years-group.tsx";

type Props = {
  search: Search;
  facets: readonly Facet[];
  /** How many books there are with these filters, in words: "41 books". */
  booksText: string;
};

/**
 * Ways to narrow the search by what was found: beside the list where there is room, else in a sheet.
 * The filters themselves stand in the address, so turning the screen loses none.
 */
export const FacetsPanel = memo(function FacetsPanel({ search, facets, booksText }: Props) {
  const isWide = useMediaQuery("(min-width: 62rem)");
  const [isOpen, setOpen] = useState(false);
  const inUse = conditionsOf(search).length;
  const groups = <Groups search={search} facets={facets} />;
  if (isWide) {
    return (
      <aside className={styles["panel"]} aria-label="Filters">
        {/* biome-ignore lint/a11y/useValidAnchor: it leads to a place on this page, as a link should */}
        <a
          className={styles["skip"]}
          href="#books"
          onClick={(event) => {
            // A fragment in the address would be a history entry of its own.
            event.preventDefault();
            document.querySelector<HTMLElement>("[data-result]")?.focus();
          }}
        >
          Skip the filters
        </a>
        {groups}
      </aside>
    );
  }
  return (
    <div className={styles["opener"]}>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog">
        Filters{inUse > 0 && ` (${inUse})`}
      </Button>
      {isOpen && (
        <Sheet title="Filters" doneLabel={`Show ${booksText}`} onClose={() => setOpen(false)}>
          {groups}
        </Sheet>
      )}
    </div>
  );
});

function Groups({ search, facets }: Omit<Props, "booksText">) {
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
