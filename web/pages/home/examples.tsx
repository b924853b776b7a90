import { useId } from "react";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { emptySearch, formatSearch } from "#web/search/search-params.ts";
import styles from "./home-page.module.css";

/** Searches that show what one may remember and still find the book. */
const examples = [
  { query: "tolkein rings", note: "a misspelt name" },
  { query: "Достоевский идиот", note: "in its own script" },
  { query: "le guin left hand", note: "half a title" },
  { query: "j r r hobbit", note: "initials" },
  { query: "9780141439518", note: "the number on the back" },
  { query: "subject:whales year:<1900", note: "subject and time" },
] as const;

/** A few searches to try. */
export function Examples() {
  const headingId = useId();
  return (
    <section className={styles["examples"]} aria-labelledby={headingId}>
      <h2 id={headingId}>Whatever you remember</h2>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets. */}
      <ul role="list">
        {examples.map(({ query, note }) => (
          <li key={query}>
            <Link href={searchPath(formatSearch({ ...emptySearch(), query }))}>{query}</Link>
            <p>{note}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
