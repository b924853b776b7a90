import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { emptySearch, formatSearch } from "#web/search/search-params.ts";
import styles from "./about-page.module.css";

const guide = [
  ["pride prejudice austen", "title and author in any order, stop words or not"],
  ["tolkein", "misspelt names and words; the page says what it corrected"],
  ["преступление", "any script, or the same in Latin letters: prestuplenie"],
  ["978-0-14-143951-8", "an ISBN with or without hyphens, ten digits or thirteen"],
  ['"to the lighthouse"', "words that stand together, in this order"],
  ["author:woolf -orlando", "an author’s books without those that have a word"],
  ["title:emma", "only in the title; also author:, series:, subject:, publisher:, isbn:"],
  ["language:jpn year:1900..1950", "editions in a language; first published in these years"],
  ["hamlet OR macbeth author:shakespeare", "either word"],
] as const;

/** Everything the search field understands, each as a search to try. */
export function SearchGuide() {
  return (
    <section aria-labelledby="guide-title">
      <h2 id="guide-title">What the search field understands</h2>
      <dl className={styles["guide"]}>
        {guide.map(([query, meaning]) => (
          <div key={query}>
            <dt>
              <Link href={searchPath(formatSearch({ ...emptySearch(), query }))}>{query}</Link>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
