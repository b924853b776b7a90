import { useQuery } from "@connectrpc/connect-query";
import { keepPreviousData } from "@tanstack/react-query";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import { type Suggestion, SuggestionKind } from "#proto/bookfinder/v1/suggest_pb.ts";
import { numberText } from "#web/domain/counts.ts";
import { authorPath, searchPath } from "#web/paths.ts";
import { Link } from "#web/router/router.tsx";
import { emptySearch, formatSearch, type Search } from "#web/search/search-params.ts";
import { withValue } from "./filters.ts";
import styles from "./jumps.module.css";

/** What fits beside the count without wrapping. */
const jumpsMax = 3;
/** The API's limit; who types that much isn't looking for a name. */
const queryLettersMax = 200;

/** Authors, series and subjects that what is typed may mean: shortcuts beside the books. */
export function Jumps({ search }: { search: Search }) {
  const isAsked = search.query.trim() !== "" && search.query.length <= queryLettersMax;
  const { data } = useQuery(
    BookService.method.suggestBooks,
    {
      query: search.query,
      pageSize: jumpsMax,
      kinds: [SuggestionKind.AUTHOR, SuggestionKind.SERIES, SuggestionKind.SUBJECT],
    },
    { enabled: isAsked, placeholderData: keepPreviousData },
  );
  const jumps = isAsked ? (data?.suggestions ?? []) : [];
  if (jumps.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of lists without bullets.
    <ul className={styles["jumps"]} role="list" aria-label="Authors, series and subjects">
      {jumps.map((suggestion) => (
        <Jump key={suggestion.query} suggestion={suggestion} />
      ))}
    </ul>
  );
}

function Jump({ suggestion: { text, target } }: { suggestion: Suggestion }) {
  switch (target.case) {
    case "author":
      return item("Author", text, authorPath(target.value.name), target.value.bookCount);
    case "series":
    case "subject": {
      const search = withValue(emptySearch(), target.case, target.value.title, "include");
      const kind = target.case === "series" ? "Series" : "Subject";
      return item(kind, text, searchPath(formatSearch(search)), target.value.bookCount);
    }
    default:
      return null;
  }
}

function item(kind: string, text: string, href: string, bookCount: number) {
  return (
    <li>
      <Link href={href}>
        <span>{kind}</span> <bdi>{text}</bdi> <small>{numberText(bookCount)}</small>
      </Link>
    </li>
  );
}
