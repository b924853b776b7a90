import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookLink } from "#web/books/book-link.tsx";
import { keyOf } from "#web/domain/book-facts.ts";
import { countOf } from "#web/domain/counts.ts";
import { dateText } from "#web/domain/dates.ts";
import styles from "./result-item.module.css";

/** Further records of the same book, which were merged into one result. */
export function Duplicates({ books }: { books: readonly Book[] }) {
  if (books.length === 0) {
    return null;
  }
  return (
    <details className={styles["duplicates"]}>
      <summary>{countOf(books.length, "more record")} of this book</summary>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets. */}
      <ul role="list">
        {books.map((book) => (
          <li key={book.name}>
            <BookLink book={book}>{book.title}</BookLink>{" "}
            {[
              dateText(book.firstPublished),
              countOf(book.editionCount, "edition"),
              keyOf(book.name),
            ]
              .filter((part) => part !== "")
              .join(" · ")}
          </li>
        ))}
      </ul>
    </details>
  );
}
