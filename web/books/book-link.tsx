import type { AnchorHTMLAttributes, ReactNode } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { bookPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { useBookPreview } from "./use-book-preview.ts";

type Props = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & {
  book: Book;
  children: ReactNode;
};

/** A link to a book's page, which opens with what is already known of the book. */
export function BookLink({ book, children, ...rest }: Props) {
  const preview = useBookPreview();
  return (
    <Link {...rest} href={bookPath(book.name)} onFollow={() => preview(book)}>
      {children}
    </Link>
  );
}
