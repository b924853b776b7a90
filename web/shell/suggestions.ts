import { createQueryOptions, useTransport } from "@connectrpc/connect-query";
import { useQueryClient } from "@tanstack/react-query";
import { startTransition, useEffect, useMemo, useState } from "react";
import { BookService } from "#proto/bookfinder/v1/book_service_pb.ts";
import type { Suggestion } from "#proto/bookfinder/v1/suggest_pb.ts";
import { authorsText } from "#web/domain/book-facts.ts";
import { countOf } from "#web/domain/counts.ts";
import { subjectText } from "#web/domain/subjects.ts";
import { authorPath, bookPath, searchPath } from "#web/paths.ts";
import { seriesPath, withValue } from "#web/search/filters.ts";
import { emptySearch, formatSearch } from "#web/search/search-params.ts";
import { useRecentSearches } from "#web/settings/recent-searches.ts";

/** What fits under the field without hiding the books. */
const suggestionsMax = 6;
/** The books themselves are listed below; what the list lacks are names. */
const booksMax = 3;
/** Asked for, so that names remain when books are left out. */
const askedCount = 12;
/** The API's limit; who types that much isn't looking for a name. */
const queryLettersMax = 200;
/** Asked when typing pauses: suggestions are for who stops to look. */
const pauseMs = 120;

/** One line under the search field. */
export type Option = {
  key: string;
  kind: "Book" | "Author" | "Series" | "Subject" | "Recent";
  text: string;
  /** The book's authors, or how many books there are. */
  note: string;
  href: string;
};

/** What may be meant by what stands in the field; with an empty field, what was searched lately. */
export function useOptions(query: string, isOpen: boolean): readonly Option[] {
  const recent = useRecentSearches();
  const typed = query.trim();
  const answer = useSuggestions(isOpen ? typed : "");
  return useMemo(() => {
    if (typed === "") {
      return recent.map(recentOption);
    }
    // Suggestions for other letters than those in the field would mislead.
    return answer?.query === typed ? optionsOf(answer.suggestions) : [];
  }, [typed, recent, answer]);
}

function optionsOf(suggestions: readonly Suggestion[]): readonly Option[] {
  const isBook = ({ kind }: Option) => kind === "Book";
  const options = suggestions.flatMap(optionOf);
  const books = options.filter(isBook).slice(0, booksMax);
  const chosen = options.filter((option) => !isBook(option) || books.includes(option));
  return withAuthor(chosen, suggestions).slice(0, suggestionsMax);
}

/** So many suggested books of one author say that the author is meant. */
const booksOfAuthorMin = 2;

/**
 * Adds the author whose books are suggested, if no author is: the API suggests authors for names as
 * they are spelt, and books after a slip, too ("tolkein").
 */
function withAuthor(
  options: readonly Option[],
  suggestions: readonly Suggestion[],
): readonly Option[] {
  if (options.some(({ kind }) => kind === "Author")) {
    return options;
  }
  const credits = suggestions.flatMap(({ target }) =>
    target.case === "book" ? target.value.authors.slice(0, 1) : [],
  );
  const counts = Map.groupBy(credits, ({ author }) => author);
  const [most] = [...counts.values()].toSorted((one, other) => other.length - one.length);
  const [credit] = most ?? [];
  if (credit === undefined || credit.author === "" || (most?.length ?? 0) < booksOfAuthorMin) {
    return options;
  }
  const href = authorPath(credit.author);
  const author: Option = { key: href, kind: "Author", text: credit.displayName, note: "", href };
  return [...options.slice(0, 1), author, ...options.slice(1)];
}

type SuggestionAnswer = { query: string; suggestions: readonly Suggestion[] };

/**
 * The last answer, asked for when typing pauses. Not by `useQuery`, which would work for each key only
 * to do nothing; a failure leaves the field without suggestions.
 */
function useSuggestions(query: string): SuggestionAnswer | undefined {
  const client = useQueryClient();
  const transport = useTransport();
  const [answer, setAnswer] = useState<SuggestionAnswer>();
  useEffect(() => {
    if (query === "" || query.length > queryLettersMax) {
      return;
    }
    let isWanted = true;
    const ask = async () => {
      const input = { query, pageSize: askedCount };
      const options = createQueryOptions(BookService.method.suggestBooks, input, { transport });
      const { suggestions } = await client.fetchQuery(options);
      if (isWanted) {
        startTransition(() => setAnswer({ query, suggestions }));
      }
    };
    const timer = setTimeout(() => ask().catch(() => undefined), pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [client, transport, query]);
  return answer;
}

function recentOption(query: string): Option {
  const href = searchPath(formatSearch({ ...emptySearch(), query }));
  return { key: `recent ${query}`, kind: "Recent", text: query, note: "", href };
}

function optionOf({ text, target }: Suggestion): Option[] {
  const option = (kind: Option["kind"], note: string, href: string, shown = text): Option[] => [
    { key: href, kind, text: shown, note, href },
  ];
  switch (target.case) {
    case "book":
      return option("Book", authorsText(target.value), bookPath(target.value.name));
    case "author": {
      const { name, bookCount } = target.value;
      return option("Author", countOf(bookCount, "book"), authorPath(name));
    }
    case "series": {
      const { title, bookCount } = target.value;
      return option("Series", countOf(bookCount, "book"), seriesPath(title));
    }
    case "subject": {
      const { title, bookCount } = target.value;
      const search = withValue(emptySearch(), "subject", title, "include");
      const href = searchPath(formatSearch(search));
      return option("Subject", countOf(bookCount, "book"), href, subjectText(text));
    }
    default:
      return [];
  }
}
