import { type KeyboardEvent, useState } from "react";
import { forgetSearch } from "#web/settings/recent-searches.ts";
import { optionId, suggestionListId } from "./suggestion-list.tsx";
import { type Option, useOptions } from "./suggestions.ts";

/**
 * The field's side of a combobox, after the ARIA pattern: the focus stays in the field, arrows choose
 * among the options, Enter takes one, Escape closes. Past the last option, Down goes on to the books.
 */
export function useCombobox(query: string, onChoose: (option: Option) => void) {
  const [isWanted, setWanted] = useState(false);
  const [active, setActive] = useState<number>();
  const options = useOptions(query, isWanted);
  const isOpen = isWanted && options.length > 0;
  const chosen = isOpen && active !== undefined ? options[active] : undefined;
  const close = () => {
    setWanted(false);
    setActive(undefined);
  };
  const choose = (option: Option) => {
    close();
    onChoose(option);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    const take = () => event.preventDefault();
    switch (event.key) {
      case "ArrowDown":
        if (!isOpen) {
          // Without books to go to, the arrow asks for what was searched lately.
          setWanted(true);
          if (query.trim() === "") {
            take();
          }
          return;
        }
        if (active === options.length - 1) {
          return close();
        }
        take();
        return setActive(active === undefined ? 0 : active + 1);
      case "ArrowUp":
        if (!isOpen) {
          return;
        }
        take();
        return setActive(
          active === undefined ? options.length - 1 : active - 1 < 0 ? undefined : active - 1,
        );
      case "Escape":
        // Also before the suggestions are there: a search field would be emptied by it.
        if (!isWanted) {
          return;
        }
        take();
        return close();
      case "Enter":
        if (chosen === undefined) {
          return close();
        }
        take();
        return choose(chosen);
      case "Delete":
        if (chosen?.kind !== "Recent") {
          return;
        }
        take();
        return forgetSearch(chosen.text);
    }
  };

  return {
    options,
    isOpen,
    active,
    choose,
    close,
    open: () => setWanted(true),
    point: setActive,
    fieldProps: {
      role: "combobox" as const,
      "aria-autocomplete": "list" as const,
      "aria-expanded": isOpen,
      "aria-controls": suggestionListId,
      "aria-activedescendant": chosen === undefined ? undefined : optionId(active ?? 0),
      onKeyDown,
    },
  };
}
