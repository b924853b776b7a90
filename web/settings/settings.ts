import { useSyncExternalStore } from "react";

/** High contrast follows the system's light or dark, or is one of them. */
export const themes = [
  "system",
  "light",
  "dark",
  "contrast",
  "contrast-light",
  "contrast-dark",
] as const;
export type Theme = (typeof themes)[number];

/** How a list of books looks. */
export const views = ["list", "compact", "grid"] as const;
export type View = (typeof views)[number];

/** What a reader chose, kept in this browser only. */
export type Settings = {
  theme: Theme;
  /** BCP 47 tags, best first; empty means what the browser says. */
  languages: string[];
  /** Show Open Library's cover images instead of drawn ones: asks another server for each. */
  coverImages: boolean;
  view: View;
};

export const defaultSettings: Settings = {
  theme: "system",
  languages: [],
  coverImages: false,
  view: "list",
};

/** The key that the script in web/index.html reads, too. */
const storageKey = "bookfinder.settings";
/** As many as the API takes, and as long. */
export const languagesMax = 10;
const tagLetters = { min: 2, max: 35 } as const;

// One per page, like the storage it mirrors.
const listeners = new Set<() => void>();
let current: Settings | undefined;
let preferred: { of: readonly string[]; tags: string[] } | undefined;

function get(): Settings {
  current ??= parseSettings(readStorage());
  return current;
}

function subscribe(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key !== storageKey) {
      return;
    }
    current = undefined;
    applyTheme(get().theme);
    listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

/** The reader's settings; renders again when they change, also in another tab. */
export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, get);
}

/** Changes some settings and keeps them. */
export function changeSettings(changes: Partial<Settings>): void {
  current = { ...get(), ...changes };
  applyTheme(current.theme);
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // They then last as long as the page.
  }
  for (const listener of listeners) {
    listener();
  }
}

/** The reader's settings as they are now, outside of components. */
export function currentSettings(): Settings {
  return get();
}

/** The languages for requests: those chosen, or the browser's. The same list until they change. */
export function preferredLanguages(settings: Settings): string[] {
  const languages = settings.languages.length > 0 ? settings.languages : navigator.languages;
  if (preferred?.of !== languages) {
    const tags = languages
      .filter(({ length }) => length >= tagLetters.min && length <= tagLetters.max)
      .slice(0, languagesMax);
    preferred = { of: languages, tags };
  }
  return preferred.tags;
}

/** Reads what was stored; whatever doesn't fit becomes the default. Exported for its test. */
export function parseSettings(stored: string | null): Settings {
  let value: unknown;
  try {
    value = JSON.parse(stored ?? "{}");
  } catch {
    return defaultSettings;
  }
  if (typeof value !== "object" || value === null) {
    return defaultSettings;
  }
  const { theme, languages, coverImages, view } = { ...defaultSettings, ...value };
  return {
    theme: themes.find((known) => known === theme) ?? "system",
    languages: Array.isArray(languages)
      ? languages.filter((tag) => typeof tag === "string" && tag !== "").slice(0, languagesMax)
      : [],
    coverImages: coverImages === true,
    view: views.find((known) => known === view) ?? "list",
  };
}

/** The theme that the button in the header switches to: contrast stays as it was chosen. */
export function switchedTheme(theme: Theme, isDark: boolean): Theme {
  const brightness = isDark ? "light" : "dark";
  return theme.startsWith("contrast") ? `contrast-${brightness}` : brightness;
}

function applyTheme(theme: Settings["theme"]): void {
  const { dataset } = document.documentElement;
  if (theme === "system") {
    delete dataset["theme"];
  } else {
    dataset["theme"] = theme;
  }
}

function readStorage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
