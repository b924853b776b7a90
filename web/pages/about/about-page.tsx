import { usePlace } from "#web/router/router.tsx";
import { PageHeading } from "#web/ui/page-heading.tsx";
import styles from "./about-page.module.css";
import { CatalogFacts } from "./catalog-facts.tsx";
import { SearchGuide } from "./search-guide.tsx";

/** How to search, and what the catalogue is. */
export function AboutPage() {
  const { arrival, state } = usePlace();
  return (
    <div className={styles["page"]}>
      <header>
        <PageHeading
          focusKey={arrival === "push" ? state.entry : undefined}
          documentTitle="About · BookFinder"
        >
          About BookFinder
        </PageHeading>
        <p className={styles["lead"]}>
          BookFinder finds books from whatever is left of them in memory: half a title, a name spelt
          as it sounds, the number on the back. It says what it changed to find them, and why it
          thinks it is this one.
        </p>
      </header>
      <SearchGuide />
      <CatalogFacts />
    </div>
  );
}
