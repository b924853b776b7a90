import { useLayoutEffect } from "react";
import { resultAttribute, searchFieldId } from "#web/search/landmarks.ts";

/**
 * The keys of the whole page: "/" to the field, arrows through the results, Escape back to the
 * field, "?" for help. Tab works as everywhere; these only save steps.
 */
export function useShortcuts(openHelp: () => void): void {
  // With the drawing, not after it: a key may be pressed at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (event.isComposing || document.querySelector("dialog[open]") !== null) {
        return;
      }
      if (handle(event.key, document.activeElement, openHelp)) {
        event.preventDefault();
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [openHelp]);
}

function handle(key: string, active: Element | null, openHelp: () => void): boolean {
  const field = document.getElementById(searchFieldId);
  if (!(field instanceof HTMLInputElement)) {
    return false;
  }
  const isInField = active === field;
  const isEditable = active?.matches("input:not([type=checkbox]), textarea, select") ?? false;
  const isOnResult = active?.hasAttribute(resultAttribute) ?? false;
  switch (key) {
    case "/":
    case "?":
      if (isEditable) {
        return false;
      }
      if (key === "?") {
        openHelp();
      } else {
        focusField(field);
      }
      return true;
    case "ArrowDown":
      return (isInField || isOnResult) && moveFocus(active, field, 1);
    case "ArrowUp":
      return isOnResult && moveFocus(active, field, -1);
    case "Escape":
      if (!isOnResult) {
        return false;
      }
      focusField(field);
      return true;
    default:
      return false;
  }
}

function focusField(field: HTMLInputElement): void {
  field.focus();
  field.select();
  field.scrollIntoView({ block: "nearest" });
}

function moveFocus(active: Element | null, field: HTMLInputElement, step: 1 | -1): boolean {
  const results = [...document.querySelectorAll<HTMLElement>(`[${resultAttribute}]`)];
  const from = active instanceof HTMLElement ? results.indexOf(active) : -1;
  const index = from + step;
  const target = index < 0 ? field : results[index];
  if (target === undefined) {
    return false;
  }
  target.focus({ preventScroll: true });
  // Enough room that the next result can be seen coming; instant, since keys repeat.
  target.closest("li, header")?.scrollIntoView({ block: "nearest" });
  return true;
}
