import { Fragment, type ReactNode } from "react";
import type { AuthorCredit } from "#proto/bookfinder/v1/book_pb.ts";
import { authorPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";

type Props = {
  authors: readonly AuthorCredit[];
  /** Names beyond this are counted. */
  namesMax?: number;
  /** Shows a name; by default as it is. */
  show?: (name: string) => ReactNode;
};

/** The authors of a book, linked where they have a record. */
export function AuthorLinks({ authors, namesMax = 4, show = (name) => name }: Props) {
  const shown = authors.slice(0, namesMax);
  const others = authors.length - shown.length;
  return (
    <>
      {shown.map((credit, index) => (
        <Fragment key={credit.author || credit.displayName}>
          {index > 0 && ", "}
          {credit.author === "" ? (
            <bdi>{show(credit.displayName)}</bdi>
          ) : (
            <Link href={authorPath(credit.author)}>
              <bdi>{show(credit.displayName)}</bdi>
            </Link>
          )}
        </Fragment>
      ))}
      {others > 0 && ` and ${others} more`}
    </>
  );
}
