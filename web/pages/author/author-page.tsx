import { Code } from "@connectrpc/connect";
import { useQuery } from "@connectrpc/connect-query";
import { useEffect } from "react";
import type { Author } from "#proto/bookfinder/v1/author_pb.ts";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { countOf } from "#web/domain/counts.ts";
import { NotFoundPage } from "#web/pages/missing/not-found-page.tsx";
import { authorPath } from "#web/paths.ts";
import { useNavigation, usePlace } from "#web/router/router.tsx";
import { Failure } from "#web/rpc/failure.tsx";
import { PageHeading } from "#web/ui/page-heading.tsx";
import { Bar, Skeleton } from "#web/ui/skeleton.tsx";
import { AuthorBooks } from "./author-books.tsx";
import styles from "./author-page.module.css";

/** An author and their books. `name` is "authors/OL…A". */
export function AuthorPage({ name }: { name: string }) {
  const navigation = useNavigation();
  const { data, error, refetch, isFetching } = useQuery(BookService.method.getAuthor, { name });
  const author = data?.author;
  const currentName = author?.name;
  useEffect(() => {
    // The author was merged into another: the address follows.
    if (currentName !== undefined && currentName !== name) {
      navigation.navigate(authorPath(currentName), { replace: true });
    }
  }, [currentName, name, navigation]);

  if (error?.code === Code.NotFound) {
    return <NotFoundPage what="author" />;
  }
  if (author !== undefined) {
    return <AuthorView author={author} />;
  }
  if (error !== null) {
    return <Failure error={error} onRetry={refetch} isRetrying={isFetching} />;
  }
  return (
    <Skeleton label="Loading the author">
      <Bar width="middle" size="2.5rem" />
      <Bar width="short" />
      <Bar width="long" />
    </Skeleton>
  );
}

function AuthorView({ author }: { author: Author }) {
  const { arrival, state } = usePlace();
  return (
    <article className={styles["page"]} aria-labelledby="author-name">
      <header className={styles["header"]}>
        <PageHeading
          id="author-name"
          dir="auto"
          focusKey={arrival === "push" ? state.entry : undefined}
          documentTitle={`${author.displayName} · BookFinder`}
        >
          {author.displayName}
        </PageHeading>
        <p className={styles["dates"]}>
          {[lifeText(author), countOf(author.bookCount, "book")]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
      </header>
      {author.biography !== "" && (
        <p className={styles["biography"]} dir="auto">
          {author.biography}
        </p>
      )}
      {author.alternateNames.length > 0 && <AlternateNames names={author.alternateNames} />}
      <AuthorBooks author={author} />
    </article>
  );
}

/** "1929 – 2018", "born 1949", "died 1400" */
function lifeText({ birthDate, deathDate }: Author): string {
  if (birthDate !== "" && deathDate !== "") {
    return `${birthDate} – ${deathDate}`;
  }
  if (birthDate !== "") {
    return `born ${birthDate}`;
  }
  return deathDate === "" ? "" : `died ${deathDate}`;
}

/** Up to here they stand open. */
const namesShown = 8;

function AlternateNames({ names }: { names: readonly string[] }) {
  const list = (shown: readonly string[]) => (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets.
    <ul role="list" className={styles["names"]}>
      {shown.map((name) => (
        <li key={name}>
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
  return (
    <section className={styles["alternates"]} aria-label="Other names">
      <h2>Also known as</h2>
      {list(names.slice(0, namesShown))}
      {names.length > namesShown && (
        <details>
          <summary>{names.length - namesShown} more</summary>
          {list(names.slice(namesShown))}
        </details>
      )}
    </section>
  );
}
