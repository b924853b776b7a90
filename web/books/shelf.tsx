import { type RefObject, useId, useRef } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { bookLabel } from "#web/domain/book-facts.ts";
import { Link } from "#web/router/router.tsx";
import { VisuallyHidden } from "#web/ui/visually-hidden.tsx";
import { BookCover } from "./book-cover.tsx";
import { BookLink } from "./book-link.tsx";
import styles from "./shelf.module.css";

type Props = {
  title: string;
  /** A few words beside the title. */
  note?: string | undefined;
  /** Where all of these books are; without it there is no link. */
  href?: string | undefined;
  /** Undefined while they are being fetched. */
  books: readonly Book[] | undefined;
  /** Marks one as the book of this page. */
  currentName?: string;
};

/** How many places an empty shelf shows while its books are fetched. */
const placesCount = 8;

/** A row of covers to look along. */
export function Shelf({ title, note, href, books, currentName }: Props) {
  const headingId = useId();
  const row = useRef<HTMLUListElement>(null);
  if (books?.length === 0) {
    return null;
  }
  return (
    <section className={styles["shelf"]} aria-labelledby={headingId}>
      <div className={styles["heading"]}>
        <h2 id={headingId}>
          {href === undefined ? <bdi>{title}</bdi> : <Link href={href}>{title}</Link>}
        </h2>
        {note !== undefined && <p className={styles["note"]}>{note}</p>}
        <span className={styles["steps"]}>
          <Step row={row} direction={-1} label={`Back along ${title}`} />
          <Step row={row} direction={1} label={`Further along ${title}`} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets. */}
      <ul ref={row} className={styles["row"]} role="list" aria-busy={books === undefined}>
        {books === undefined
          ? Array.from({ length: placesCount }, (_, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places are all alike
              <li key={place} className={styles["place"]} />
            ))
          : books.map((book) => (
              <li key={book.name}>
                <BookLink
                  book={book}
                  aria-current={book.name === currentName ? "page" : undefined}
                  title={bookLabel(book)}
                >
                  <VisuallyHidden>{bookLabel(book)}</VisuallyHidden>
                  <BookCover book={book} />
                </BookLink>
              </li>
            ))}
      </ul>
    </section>
  );
}

type StepProps = { row: RefObject<HTMLUListElement | null>; direction: -1 | 1; label: string };

/** Scrolls by what is in sight, for those who have a mouse without a wheel for it. */
function Step({ row, direction, label }: StepProps) {
  const scroll = () => {
    const element = row.current;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element?.scrollBy({
      left: direction * element.clientWidth * 0.8,
      behavior: isStill ? "instant" : "smooth",
    });
  };
  return (
    <button type="button" aria-label={label} title={label} onClick={scroll}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={direction < 0 ? "m14.5 5-7 7 7 7" : "m9.5 5 7 7-7 7"} />
      </svg>
    </button>
  );
}
