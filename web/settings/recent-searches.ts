import { useSyncExternalStore } from "react";

/** Kept in this browser only. */
const storageKey = "bookfinder.recent";
/** More are no help to remember by. */
export const recentMax = 8;
const queryLettersMax = 200;

// One per page, like the storage it mirrors.
const listeners = new Set<() => void>();
let current: readonly string[] | undefined;

function get(): readonly string[] {
  current ??= parseRecent(read());
  return current;
}

function set(searches: readonly string[]): void {
  current = searches;
  try {
    localStorage.setItem(storageKey, JSON.stringify(searches));
  } catch {
    // They then last as long as the page.
  }
  for (const listener of listeners) {
    listener();
  }
}

/** What was searched for lately, newest first; renders again when that changes. */
export function useRecentSearches(): readonly string[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, get);
}

/** Keeps a finished search. */
export function keepSearch(query: string): void {
  const text = query.trim();
  if (text === "" || text.length > queryLettersMax) {
    return;
  }
  set([text, ...get().filter((other) => other !== text)].slice(0, recentMax));
}

/** Forgets one search. */
export function forgetSearch(query: string): void {
  set(get().filter((other) => other !== query));
}

/** Forgets all searches. */
export function forgetAllSearches(): void {
  set([]);
}

/** Reads what was stored; whatever doesn't fit is left out. Exported for its test. */
export function parseRecent(stored: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(value)
      ? value.filter((text) => typeof text === "string" && text !== "").slice(0, recentMax)
      : [];
  } catch {
    return [];
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
