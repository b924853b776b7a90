import { Suspense, useEffect, useState } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { coverBook, keyOf } from "#web/domain/book-facts.ts";
import { lazyPage } from "#web/router/lazy-page.tsx";
import { useSettings } from "#web/settings/settings.ts";
import { useNear } from "#web/ui/use-near.ts";
import styles from "./book-cover.module.css";

// A file of its own: titles and authors need not wait for what draws the covers.
const drawing = lazyPage(
  async () => (await import("#web/covers/typographic-cover.tsx")).TypographicCover,
);

/** Fetches what draws covers, which the first list wants. */
export function warmCovers(): void {
  // A failure shows as empty covers, and is mended by loading the page again.
  drawing.warm().catch(() => undefined);
}

/**
 * Keys of books whose covers were drawn: they are drawn at once when they come again, so that a cover
 * that travels between list and page arrives.
 */
const drawn = new Set<string>();
/** Some evenings of reading. */
const drawnMax = 5000;

type Props = {
  book: Book;
  /** Cover to show instead of the work's: an edition's. 0 for none. */
  coverId?: bigint;
  /** Large covers ask for the larger image. */
  isLarge?: boolean;
  /** It is drawn with what stands around it, and not when it has come near. */
  isInSight?: boolean;
};

/**
 * A book's cover: drawn here, or Open Library's image where the reader asked for images and there is
 * one. Decorative: what it shows stands beside it or in the link around it.
 */
export function BookCover({
  book,
  coverId = book.coverId,
  isLarge = false,
  isInSight = isLarge,
}: Props) {
  const key = keyOf(book.name);
  const [place, isNear] = useNear<HTMLDivElement>(isInSight || drawn.has(key));
  useEffect(() => {
    if (isNear && drawn.size < drawnMax) {
      drawn.add(key);
    }
  }, [key, isNear]);
  const { coverImages } = useSettings();
  const [failedId, setFailedId] = useState(0n);
  const hasImage = coverImages && coverId > 0n && coverId !== failedId;
  return (
    <div
      ref={place}
      className={styles["cover"]}
      data-cover-of={key}
      data-in-sight={isInSight || undefined}
    >
      {!isNear ? null : hasImage ? (
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
        <Suspense>
          <drawing.Page book={coverBook(book)} />
        </Suspense>
      )}
    </div>
  );
}
