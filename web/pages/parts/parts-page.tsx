import { Code, ConnectError } from "@connectrpc/connect";
import { type ReactNode, useState } from "react";
import { BookCover } from "#web/books/book-cover.tsx";
import { Shelf } from "#web/books/shelf.tsx";
import { coverBook } from "#web/domain/book-facts.ts";
import { Failure } from "#web/rpc/failure.tsx";
import { sampleBooks } from "#web/testing/sample-books.ts";
import { Button } from "#web/ui/button.tsx";
import { Chip, ChipRow } from "#web/ui/chip.tsx";
import { Sheet } from "#web/ui/sheet.tsx";
import { Bar, Skeleton } from "#web/ui/skeleton.tsx";
import { State } from "#web/ui/state.tsx";
import { CoverSheets } from "./cover-sheets.tsx";
import styles from "./parts-page.module.css";

/** Development only: every part of web/ui in every state, and covers by layout and by book. */
export function PartsPage() {
  const [isSheetOpen, setSheetOpen] = useState(false);
  return (
    <div className={styles["page"]}>
      <h1>Parts</h1>
      <Part name="Button">
        <Button>Solid</Button>
        <Button disabled>Disabled</Button>
        <Button look="quiet">Quiet</Button>
        <Button look="quiet" disabled>
          Quiet, disabled
        </Button>
      </Part>
      <Part name="Chip">
        <ChipRow label="Chips">
          <Chip>Plain</Chip>
          <Chip isNegative>Not this</Chip>
          <Chip>
            <bdi>With a way off, and a name that is much longer than a chip has room for</bdi>
            <a href="/_ui" aria-label="Remove it">
              ×
            </a>
          </Chip>
          <Chip>
            <button type="button">Editable</button>
          </Chip>
        </ChipRow>
      </Part>
      <Part name="Text">
        <p>
          Words that <mark>matched</mark>, words that were <em>corrected</em>, a{" "}
          <a href="/_ui">way to the same page</a>, <small>small print</small> and <code>code</code>.
        </p>
      </Part>
      <Part name="State">
        <State title="No book answers to that.">
          <Button>Try again</Button>
        </State>
      </Part>
      <Part name="Failure">
        <Failure error={new ConnectError("internal", Code.Internal)} onRetry={() => undefined} />
        <Failure
          error={new ConnectError("unavailable", Code.Unavailable)}
          onRetry={() => undefined}
          isBesideContent
        />
        <Failure
          error={new ConnectError("unavailable", Code.Unavailable)}
          onRetry={() => undefined}
          isRetrying
          isBesideContent
        />
      </Part>
      <Part name="Skeleton">
        <Skeleton label="Loading">
          <Bar width="short" />
          <Bar width="middle" size="1.5rem" />
          <Bar width="full" />
        </Skeleton>
      </Part>
      <Part name="Sheet">
        <Button onClick={() => setSheetOpen(true)}>Open the sheet</Button>
        {isSheetOpen && (
          <Sheet title="A sheet" doneLabel="Show 41 books" onClose={() => setSheetOpen(false)}>
            <p>What it holds scrolls by itself.</p>
          </Sheet>
        )}
      </Part>
      <Part name="Shelf">
        <Shelf title="A shelf" note="with a note" href="/_ui" books={sampleBooks.slice(0, 12)} />
        <Shelf title="A shelf to come" books={undefined} />
      </Part>
      <Part name="Cover">
        <div className={styles["sheet"]}>
          {sampleBooks.slice(0, 4).map((book) => (
            <BookCover key={book.name} book={book} />
          ))}
        </div>
      </Part>
      <CoverSheets books={sampleBooks.map(coverBook)} />
    </div>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className={styles["part"]}>
      <h2>{name}</h2>
      {children}
    </section>
  );
}
