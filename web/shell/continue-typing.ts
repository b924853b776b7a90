import { searchPath } from "#web/paths.ts";
import type { Navigation } from "#web/router/navigation.ts";
import { searchFieldId } from "#web/search/landmarks.ts";

/** How long the page may take to be drawn; on a slow network its files come late. */
const watchMs = 30_000;

/**
 * Takes over what somebody types into the page that the server wrote, until the scripts have drawn
 * theirs: it is searched with the filters of the address, and the caret stays in the field.
 */
export function continueTyping(container: HTMLElement, navigation: Navigation): void {
  const { ownerDocument: document } = container;
  const written = container.querySelector<HTMLInputElement>("input[name=q]");
  if (written === null) {
    return;
  }
  let isFocused = written === document.activeElement;
  let taken = written.defaultValue;

  const take = () => {
    if (written.value === taken) {
      return;
    }
    const isFirst = taken === written.defaultValue;
    taken = written.value;
    navigation.navigate(addressFor(navigation, taken), {
      replace: !isFirst,
      whileTyping: true,
      unfinished: true,
      focusHeading: false,
    });
  };
  const onFocus = ({ target }: FocusEvent) => {
    isFocused = target === written;
  };
  const stop = () => {
    observer.disconnect();
    document.removeEventListener("focusin", onFocus);
    clearTimeout(timer);
  };
  const observer = new MutationObserver(() => {
    const field = document.getElementById(searchFieldId);
    if (field === null) {
      return;
    }
    stop();
    take();
    if (isFocused) {
      field.focus();
    }
  });
  const timer = setTimeout(stop, watchMs);

  written.addEventListener("input", take);
  document.addEventListener("focusin", onFocus);
  observer.observe(container, { childList: true, subtree: true });
  take();
}

/** The search of the address with another query, from its first page and with corrections. */
function addressFor(navigation: Navigation, query: string): string {
  const { path, search } = navigation.place();
  const parameters = new URLSearchParams(path === "/" ? search : "");
  parameters.delete("pages");
  parameters.delete("exact");
  parameters.set("q", query);
  return searchPath(parameters.toString());
}
