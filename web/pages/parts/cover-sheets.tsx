import { useState } from "react";
import type { CoverBook } from "#covers/cover.ts";
import { type LayoutName, layouts } from "#covers/layouts.ts";
import { TypographicCover } from "#web/covers/typographic-cover.tsx";
import { Button } from "#web/ui/button.tsx";
import styles from "./parts-page.module.css";

// Object.keys widens to string; `layouts` is a literal object.
const layoutNames = Object.keys(layouts) as LayoutName[];

/** Covers as on a shelf, by layout, and at their smallest. */
export function CoverSheets({ books }: { books: readonly CoverBook[] }) {
  const [seed, setSeed] = useState(0);
  const variants = (book: CoverBook): CoverBook => ({
    ...book,
    key: `${book.key}/${seed}`,
    series: "",
  });
  return (
    <>
      <Button onClick={() => setSeed(seed + 1)}>Other covers</Button>
      <h2>As on a shelf</h2>
      <div className={styles["sheet"]}>
        {books.map((book) => (
          <TypographicCover key={book.key} book={book} />
        ))}
      </div>
      {layoutNames.map((layout) => (
        <section key={layout}>
          <h2>{layout}</h2>
          <div className={styles["sheet"]}>
            {books.slice(0, 16).map((book) => (
              <TypographicCover key={book.key} book={variants(book)} layout={layout} />
            ))}
          </div>
        </section>
      ))}
      <h2>48 pixels</h2>
      <div className={styles["small"]}>
        {books.map((book) => (
          <TypographicCover key={book.key} book={book} />
        ))}
      </div>
    </>
  );
}
