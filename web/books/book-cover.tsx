import { useState } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { TypographicCover } from "#web/covers/typographic-cover.tsx";
import { coverBook, keyOf } from "#web/domain/book-facts.ts";
import { useSettings } from "#web/settings/settings.ts";
import styles from "./book-cover.module.css";

type Props = {
  book: Book;
  /** Cover to show instead of the work's: an edition's. 0 for none. */
  coverId?: bigint;
  /** Large covers ask for the larger image. */
  isLarge?: boolean;
};

/**
 * A book's cover: drawn here, or Open Library's image where the reader asked for images and there is
 * one. Decorative: what it shows stands beside it or in the link around it.
 */
export function BookCover({ book, coverId = book.coverId, isLarge = false }: Props) {
  const { coverImages } = useSettings();
  const [failedId, setFailedId] = useState(0n);
  const hasImage = coverImages && coverId > 0n && coverId !== failedId;
  return (
    <div className={styles["cover"]} data-cover-of={keyOf(book.name)}>
      {hasImage ? (
        <img
          src={`https://covers.openlibrary.org/b/id/${coverId}-${isLarge ? "L" : "M"}.jpg`}
          alt=""
          width={200}
          height={300}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          onError={() => setFailedId(coverId)}
        />
      ) : (
        <TypographicCover book={coverBook(book)} />
      )}
    </div>
  );
}
