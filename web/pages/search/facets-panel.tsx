import { memo, Suspense, useState } from "react";
import type { Facet } from "#proto/bookfinder/v1/search_pb.ts";
import { lazyPage } from "#web/router/lazy-page.tsx";
import { conditionsOf } from "#web/search/filters.ts";
import type { Search } from "#web/search/search-params.ts";
import { Button } from "#web/ui/button.tsx";
import { Sheet } from "#web/ui/sheet.tsx";
import styles from "./facets-panel.module.css";

// In a file of their own: the first books need not wait for them.
const filters = lazyPage(async () => (await import("./facet-groups.tsx")).FacetGroups);

/** Fetches the filters' file. */
export function warmFilters(): void {
  // A failure shows when the filters are really wanted.
  filters.warm().catch(() => undefined);
}

type Props = {
  search: Search;
  facets: readonly Facet[];
  /** How many books there are with these filters, in words: "41 books". */
  booksText: string;
  /** There is room beside the list. */
  isWide: boolean;
};

/**
 * Ways to narrow the search by what was found: beside the list where there is room, else in a sheet.
 * The filters themselves stand in the address, so turning the screen loses none.
 */
export const FacetsPanel = memo(function FacetsPanel({ search, facets, booksText, isWide }: Props) {
  const [isOpen, setOpen] = useState(false);
  const inUse = conditionsOf(search).length;
  const groups = (
    <Suspense>
      <filters.Page search={search} facets={facets} />
    </Suspense>
  );
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
