import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import type { BookVolume } from "#proto/bookfinder/v1/search_pb.ts";
import { BookLink } from "#web/books/book-link.tsx";
import styles from "./result-item.module.css";

/** The volumes of the work of which a result is one, by number. */
export function Volumes({ volumes, shown }: { volumes: readonly BookVolume[]; shown: Book }) {
  if (volumes.length === 0) {
    return null;
  }
  return (
    <div className={styles["volumes"]}>
      <span className={styles["label"]}>Volumes</span>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets. */}
      <ul role="list">
        {volumes.map(({ book, number }) =>
          book === undefined ? null : (
            <li key={book.name}>
              <BookLink
                book={book}
                aria-label={`Volume ${number}: ${book.title}`}
                aria-current={book.name === shown.name ? "true" : undefined}
              >
                {number}
              </BookLink>
            </li>
          ),
        )}
      </ul>
    </div>
  );
}
