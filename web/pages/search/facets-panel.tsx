import { memo, Suspense, useState } from "react";
import { lazyPage } from "#web/router/lazy-page.tsx";
import { conditionsOf } from "#web/search/filters.ts";
import { Button } from "#web/ui/button.tsx";
import { Sheet } from "#web/ui/sheet.tsx";
import type { FacetsProps } from "./facet-groups.tsx";
import styles from "./facets-panel.module.css";

// In a file of their own: the first books need not wait for them.
const filters = lazyPage(async () => (await import("./facet-groups.tsx")).FacetGroups);

/** Fetches the filters' file. */
export function warmFilters(): void {
  // A failure shows when the filters are really wanted.
  filters.warm().catch(() => undefined);
}

/** Ways to narrow the search by what was found, beside the list. */
export const FacetsColumn = memo(function FacetsColumn({ search, facets }: FacetsProps) {
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
      <Suspense>
        <filters.Page search={search} facets={facets} />
      </Suspense>
    </aside>
  );
});

type SheetProps = FacetsProps & {
  /** How many books there are with these filters, in words: "41 books". */
  booksText: string;
};

/**
 * The same in a sheet, where there is no room beside the list. The filters themselves stand in the
 * address, so turning the screen loses none.
 */
export const FacetsSheet = memo(function FacetsSheet({ search, facets, booksText }: SheetProps) {
  const [isOpen, setOpen] = useState(false);
  const inUse = conditionsOf(search).length;
  return (
    <div className={styles["opener"]}>
      <Button onClick={() => setOpen(true)} aria-haspopup="dialog">
        Filters{inUse > 0 && ` (${inUse})`}
      </Button>
      {isOpen && (
        <Sheet title="Filters" doneLabel={`Show ${booksText}`} onClose={() => setOpen(false)}>
          <Suspense>
            <filters.Page search={search} facets={facets} />
          </Suspense>
        </Sheet>
      )}
    </div>
  );
});
