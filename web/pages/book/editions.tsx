import { useInfiniteQuery } from "@connectrpc/connect-query";
import { Fragment } from "react";
import type { Book } from "#proto/bookfinder/v1/book_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Edition } from "#proto/bookfinder/v1/edition_pb.ts";
import { countOf, numberText } from "#web/domain/counts.ts";
import { dateText } from "#web/domain/dates.ts";
import { languageName, languageTag } from "#web/domain/languages.ts";
import { searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { Failure } from "#web/rpc/failure.tsx";
import { withValue } from "#web/search/filters.ts";
import { emptySearch, formatSearch } from "#web/search/search-params.ts";
import { preferredLanguages, useSettings } from "#web/settings/settings.ts";
import { Button } from "#web/ui/button.tsx";
import { Bar, Skeleton } from "#web/ui/skeleton.tsx";
import { VisuallyHidden } from "#web/ui/visually-hidden.tsx";
import styles from "./editions.module.css";

const pageSize = 20;

/** The editions of a book, those in the reader's languages first. */
export function Editions({ book }: { book: Book }) {
  const settings = useSettings();
  const { data, error, refetch, isFetching, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useInfiniteQuery(
      BookService.method.listEditions,
      {
        parent: book.name,
        pageSize,
        pageToken: "",
        preferredLanguages: preferredLanguages(settings),
      },
      {
        pageParamKey: "pageToken",
        getNextPageParam: (last) => last.nextPageToken || undefined,
      },
    );
  const total = data?.pages[0]?.totalSize ?? book.editionCount;
  const editions = data?.pages.flatMap((page) => page.editions) ?? [];
  if (data !== undefined && editions.length === 0) {
    return null;
  }
  return (
    <section className={styles["editions"]} aria-labelledby="editions-title">
      <h2 id="editions-title">{countOf(total, "edition")}</h2>
      {error !== null && (
        <Failure
          error={error}
          onRetry={refetch}
          isRetrying={isFetching}
          isBesideContent={data !== undefined}
        />
      )}
      {data === undefined ? (
        error === null && (
          <Skeleton label="Loading editions">
            {["long", "middle", "long"].map((width, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places are all alike
              <Bar key={place} width={width === "long" ? "long" : "middle"} />
            ))}
          </Skeleton>
        )
      ) : (
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets.
        <ul role="list" className={styles["list"]}>
          {editions.map((edition) => (
            <EditionItem key={edition.name} edition={edition} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <div className={styles["more"]}>
          <Button onClick={() => fetchNextPage()} disabled={isFetchingNextPage}>
            {isFetchingNextPage ? "Fetching more…" : "Show more editions"}
          </Button>
          <p role="status">
            {numberText(editions.length)} of {numberText(total)}
          </p>
        </div>
      )}
    </section>
  );
}

function EditionItem({ edition }: { edition: Edition }) {
  const [language] = edition.languages;
  const details = [
    edition.editionStatement,
    edition.physicalFormat,
    edition.pageCount > 0 ? countOf(edition.pageCount, "page") : "",
    edition.byStatement,
  ].filter((detail) => detail !== "");
  const isbn = edition.isbn13[0] ?? edition.isbn10[0];
  return (
    <li className={styles["edition"]}>
      <span className={styles["year"]}>
        {dateText(edition.published) || <VisuallyHidden>Year unknown</VisuallyHidden>}
      </span>
      <div className={styles["what"]}>
        <p className={styles["title"]}>
          <bdi lang={languageTag(language ?? "")}>{edition.title}</bdi>
        </p>
        <p className={styles["details"]}>
          <Publishers names={edition.publishers} />
          {edition.publishers.length > 0 && details.length > 0 && " · "}
          <bdi>{details.join(" · ")}</bdi>
        </p>
      </div>
      <span className={styles["language"]}>{edition.languages.map(languageName).join(", ")}</span>
      <span className={styles["isbn"]}>{isbn !== undefined && `ISBN ${isbn}`}</span>
    </li>
  );
}

/** An imprint or two; more are lists of distributors. */
const publishersMax = 2;

function Publishers({ names }: { names: readonly string[] }) {
  return names.slice(0, publishersMax).map((name, index) => (
    <Fragment key={name}>
      {index > 0 && ", "}
      <Link href={searchPath(formatSearch(withValue(emptySearch(), "publisher", name, "include")))}>
        <bdi>{name}</bdi>
      </Link>
    </Fragment>
  ));
}
