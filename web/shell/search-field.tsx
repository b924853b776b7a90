import { type SubmitEvent, useRef } from "react";
import { searchPath } from "#web/paths.ts";
import { useNavigation, usePlace } from "#web/router/router.tsx";
import { searchFieldId } from "#web/search/landmarks.ts";
import { emptySearch, formatSearch, parseSearch } from "#web/search/search-params.ts";
import { keepSearch } from "#web/settings/recent-searches.ts";
import styles from "./search-field.module.css";
import { SuggestionList } from "./suggestion-list.tsx";
import { useCombobox } from "./use-combobox.ts";

/** The API's limit. */
const queryLettersMax = 2000;

/**
 * The search field. It has no state of its own: what stands in it is the address. A search that is
 * being typed is one history entry, replaced at every key; Enter finishes it, and the next key
 * begins another, so that Back walks through the searches and not through the letters.
 */
export function SearchField({ isHome }: { isHome: boolean }) {
  const navigation = useNavigation();
  const { path, search: queryString, state } = usePlace();
  const field = useRef<HTMLInputElement>(null);
  const isSearchPage = path === "/";
  const search = isSearchPage ? parseSearch(queryString) : emptySearch();

  const combobox = useCombobox(search.query, (option) => {
    keepSearch(search.query);
    navigation.navigate(option.href);
  });

  const type = (query: string) => {
    combobox.open();
    combobox.point(undefined);
    const next = { ...search, query, pages: 1, verbatim: false };
    navigation.navigate(searchPath(formatSearch(next)), {
      replace: isSearchPage && state.unfinished,
      whileTyping: true,
      unfinished: true,
      focusHeading: false,
    });
  };
  const finish = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    combobox.close();
    keepSearch(search.query);
    if (isSearchPage && state.unfinished) {
      const next = { ...search, query: search.query.trim() };
      navigation.navigate(searchPath(formatSearch(next)), { replace: true });
    }
    // Puts the keyboard of a phone away.
    if (window.matchMedia("(pointer: coarse)").matches) {
      field.current?.blur();
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers of 2023 don't know the element <search> yet
    <form
      role="search"
      className={styles["form"]}
      action="/"
      onSubmit={finish}
      data-home={isHome || undefined}
    >
      <label className={styles["label"]} htmlFor={searchFieldId}>
        Search books
      </label>
      <svg className={styles["glass"]} viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="10.5" cy="10.5" r="6.5" />
        <path d="m15.5 15.5 5 5" />
      </svg>
      <input
        ref={field}
        id={searchFieldId}
        name="q"
        type="search"
        {...combobox.fieldProps}
        onClick={() => search.query === "" && combobox.open()}
        onBlur={combobox.close}
        value={search.query}
        onChange={(event) => type(event.target.value)}
        placeholder={isHome ? "Title, name or ISBN" : "Search books"}
        maxLength={queryLettersMax}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        dir="auto"
        // On a phone the keyboard would cover the first page.
        // biome-ignore lint/a11y/noAutofocus: the page is for searching, and nothing stands before the field
        autoFocus={isHome && window.matchMedia("(min-width: 48rem) and (pointer: fine)").matches}
      />
      <span className={styles["hint"]} aria-hidden="true">
        /
      </span>
      {combobox.isOpen && (
        <SuggestionList
          options={combobox.options}
          active={combobox.active}
          onChoose={combobox.choose}
          onPoint={combobox.point}
        />
      )}
    </form>
  );
}
