import { flushSync } from "react-dom";
import { rememberScroll, restorePosition, type SavedPosition } from "./scroll.ts";
import { withCoverTransition } from "./transition.ts";

/**
 * Where the reader is, and how they get elsewhere.
 *
 * The address bar is the state of the app, but browsers limit how often it may be written (Safari:
 * 100 times in 10 seconds) and a keystroke must not wait for it. So the place is held here, pages
 * read it from here, and a change "while typing" reaches the address bar a moment later.
 */
export type Place = {
  /** Path as in the address bar, e.g. "/books/OL27448W". */
  path: string;
  /** Query string without "?". */
  search: string;
  /** How the reader came: by a link, by Back or Forward, or by loading the page. */
  arrival: "load" | "push" | "replace" | "pop";
  /** What the history entry remembers beyond its address. */
  state: EntryState;
};

export type EntryState = {
  /** Identifies the history entry, for its scroll position. */
  entry: string;
  /** The query was still being typed: the last word is a prefix. */
  unfinished: boolean;
  /** Whether the page's heading takes the focus once it is there. */
  focusHeading: boolean;
};

export type NavigateOptions = {
  /** Replace the current history entry. Default: push a new one. */
  replace?: boolean;
  /** A key was pressed in the search field: no animation, and a replaced address is written later. */
  whileTyping?: boolean;
  unfinished?: boolean;
  /** Default true for pushes: what a screen reader should hear is the new page's heading. */
  focusHeading?: boolean;
};

export type Navigation = {
  place(): Place;
  subscribe(listener: () => void): () => void;
  navigate(href: string, options?: NavigateOptions): void;
  dispose(): void;
};

/** A pause in typing after which the address bar is brought up to date. */
const addressDelayMs = 250;

/** Creates the navigation of a window. */
export function createNavigation(window: Window & typeof globalThis): Navigation {
  const { history, location } = window;
  const listeners = new Set<() => void>();
  const positions = rememberScroll(window, () => place.state.entry);
  let place = readPlace(window, "load");
  let pendingWrite: ReturnType<typeof setTimeout> | undefined;

  const write = (mode: "push" | "replace") => {
    clearTimeout(pendingWrite);
    pendingWrite = undefined;
    history[mode === "push" ? "pushState" : "replaceState"](place.state, "", hrefOf(place));
  };
  const flush = () => {
    if (pendingWrite !== undefined) {
      write("replace");
    }
  };
  /** Shows the place that was just set; `from` is the path the reader leaves. */
  const show = (from: string, isTyping = false, position?: SavedPosition) => {
    const { arrival, path } = place;
    const notify = () => {
      for (const listener of listeners) {
        listener();
      }
    };
    if (isTyping || arrival === "replace") {
      notify();
      return;
    }
    withCoverTransition(window, from, path, () => {
      // The new page must stand before it is scrolled and before its picture is taken.
      flushSync(notify);
      if (arrival === "push" && from !== path) {
        window.scrollTo(0, 0);
      }
      if (arrival === "pop") {
        restorePosition(window, position);
      }
    });
  };

  const onPop = () => {
    clearTimeout(pendingWrite);
    pendingWrite = undefined;
    const from = place.path;
    place = readPlace(window, "pop");
    show(from, false, positions.get(place.state.entry));
  };
  const onPageHide = () => {
    flush();
    positions.save();
  };
  history.scrollRestoration = "manual";
  history.replaceState(place.state, "");
  restorePosition(window, positions.get(place.state.entry));
  window.addEventListener("popstate", onPop);
  window.addEventListener("pagehide", onPageHide);

  return {
    place: () => place,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    navigate(to, options = {}) {
      const url = new URL(to, location.origin);
      const arrival = options.replace ? "replace" : "push";
      if (arrival === "push") {
        flush();
        positions.record();
      }
      const state: EntryState = {
        entry: arrival === "replace" ? place.state.entry : newEntry(),
        unfinished: options.unfinished ?? false,
        focusHeading: options.focusHeading ?? arrival === "push",
      };
      const from = place.path;
      place = { path: url.pathname, search: url.search.slice(1), arrival, state };
      if (options.whileTyping && arrival === "replace") {
        clearTimeout(pendingWrite);
        pendingWrite = setTimeout(() => write("replace"), addressDelayMs);
      } else {
        write(arrival);
      }
      show(from, options.whileTyping);
    },
    dispose() {
      flush();
      positions.dispose();
      listeners.clear();
      window.removeEventListener("popstate", onPop);
      window.removeEventListener("pagehide", onPageHide);
    },
  };
}

function hrefOf({ path, search }: Place): string {
  return path + (search === "" ? "" : `?${search}`);
}

function readPlace(window: Window, arrival: Place["arrival"]): Place {
  const { pathname, search } = window.location;
  const saved: unknown = window.history.state;
  const kept = typeof saved === "object" && saved !== null ? saved : {};
  return {
    path: pathname,
    search: search.slice(1),
    arrival,
    state: {
      entry: "entry" in kept && typeof kept.entry === "string" ? kept.entry : newEntry(),
      unfinished: "unfinished" in kept && kept.unfinished === true,
      focusHeading: false,
    },
  };
}

/** Unique among the entries of a tab, also after a reload; not a secret. */
function newEntry(): string {
  return crypto.randomUUID?.() ?? `${performance.timeOrigin + performance.now()}`;
}
