import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useQuery } from "@connectrpc/connect-query";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { numberText } from "#web/domain/counts.ts";
import styles from "./about-page.module.css";

/** What is in the catalogue, and how programs get at it. */
export function CatalogFacts() {
  const { data } = useQuery(BookService.method.getCatalog, {});
  const catalog = data?.catalog;
  return (
    <section className={styles["catalog"]} aria-labelledby="catalog-title">
      <h2 id="catalog-title">The catalogue</h2>
      {catalog !== undefined && (
        <p>
          {numberText(catalog.bookCount)} books in {numberText(catalog.editionCount)} editions by{" "}
          {numberText(catalog.authorCount)} authors. Source: {catalog.source}
          {catalog.buildTime !== undefined &&
            `, built on ${dateText(timestampDate(catalog.buildTime))}`}
          .
        </p>
      )}
      <p>
        The same search answers programs, on this same address: gRPC, gRPC-web and Connect by the
        service <code>bookfinder.v1.BookService</code>, and plain JSON over HTTP.
      </p>
    </section>
  );
}

/** Not made before it is wanted: the file is fetched ahead, and a first date takes a phone 60 ms. */
function dateText(date: Date): string {
  return date.toLocaleDateString("en", { dateStyle: "long" });
}
