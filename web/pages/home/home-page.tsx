import { useQuery } from "@connectrpc/connect-query";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { numberText } from "#web/domain/counts.ts";
import { Examples } from "./examples.tsx";
import styles from "./home-page.module.css";
import { HomeShelves } from "./home-shelves.tsx";

/** The first page: how many books there are, what one may ask, and shelves to look along. */
export function HomePage() {
  const { data } = useQuery(BookService.method.getCatalog, {});
  const catalog = data?.catalog;
  return (
    <div className={styles["home"]}>
      <p className={styles["count"]}>
        {catalog !== undefined && (
          <>
            <strong>{numberText(catalog.bookCount)}</strong> books,{" "}
            {numberText(catalog.editionCount)} editions, {numberText(catalog.authorCount)} authors
          </>
        )}
      </p>
      <Examples />
      <HomeShelves />
    </div>
  );
}
