import { searchPath } from "#web/paths.ts";
import type { Navigation } from "#web/router/navigation.ts";
import { searchFieldId } from "#web/search/landmarks.ts";

/** How long the field may take to be there. */
const watchMs = 5000;

/**
 * Takes over what somebody typed into the page that the server wrote, before the scripts were there:
 * it is searched, and the caret stays in the field.
 */
export function continueTyping(container: HTMLElement, navigation: Navigation): void {
  const written = container.querySelector<HTMLInputElement>("input[name=q]");
  if (written === null) {
    return;
  }
  const isFocused = written === document.activeElement;
  if (written.value !== written.defaultValue) {
    const search = new URLSearchParams({ q: written.value }).toString();
    navigation.navigate(searchPath(search), {
      whileTyping: true,
      unfinished: true,
      focusHeading: false,
    });
  }
  if (!isFocused) {
    return;
  }
  const observer = new MutationObserver(() => {
    const field = document.getElementById(searchFieldId);
    if (field === null) {
      return;
    }
    observer.disconnect();
    field.focus();
  });
  observer.observe(container, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), watchMs);
}
