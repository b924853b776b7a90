import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { subjectText } from "#web/domain/subjects.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { withValue } from "#web/search/filters.ts";
import { emptySearch, formatSearch } from "#web/search/search-params.ts";
import styles from "./book-page.module.css";

/** More would be a cloud, not a list. */
const valuesMax = 14;

/** What a book is about, each a way to more of the same. */
export function Topics({ book }: { book: Book }) {
  const subjects = book.subjects.map((value) => ({
    value: subjectText(value),
    href: formatSearch(withValue(emptySearch(), "subject", value, "include")),
  }));
  const search = (values: readonly string[]) =>
    values.map((value) => ({
      value,
      href: formatSearch({ ...emptySearch(), query: `"${value.replaceAll('"', "")}"` }),
    }));
  const groups = [
    { title: "Subjects", values: subjects },
    { title: "People", values: search(book.people) },
    { title: "Places", values: search(book.places) },
    { title: "Times", values: search(book.times) },
  ].filter(({ values }) => values.length > 0);
  return groups.map(({ title, values }) => (
    <section key={title} className={styles["topics"]} aria-label={title}>
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets. */}
      <ul role="list">
        {values.slice(0, valuesMax).map(({ value, href }) => (
          <li key={href}>
            <Link href={searchPath(href)}>
              <bdi>{value}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ));
}
