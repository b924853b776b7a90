/**
 * Scroll position and focus per history entry, so that Back returns to the same place in the same
 * list. The browser's own restoration gives up when the list is not yet as long as it was.
 */
export type SavedPosition = { top: number; focusId: string };

export type Positions = {
  get(entry: string): SavedPosition | undefined;
  record(): void;
  save(): void;
  dispose(): void;
};

const storageKey = "bookfinder.positions";
/** A tab rarely walks back further; older ones are dropped. */
const positionsMax = 100;
/** How long a list may take to grow back to its old length before we leave the reader in peace. */
const restoreMs = 4000;

/** Keeps the positions of a tab's history entries; `entry` names the current one. */
export function rememberScroll(window: Window, entry: () => string): Positions {
  const positions = load(window);
  const record = () => {
    const focusId = window.document.activeElement?.id ?? "";
    positions.delete(entry());
    positions.set(entry(), { top: Math.round(window.scrollY), focusId });
    for (const oldest of positions.keys()) {
      if (positions.size <= positionsMax) {
        break;
      }
      positions.delete(oldest);
    }
  };
  // Back leaves an entry without asking, so its position must be known before: at every scroll and
  // every change of focus.
  window.addEventListener("scroll", record, { passive: true });
  window.document.addEventListener("focusin", record);
  return {
    get: (key) => positions.get(key),
    record,
    save: () => {
      record();
      try {
        window.sessionStorage.setItem(storageKey, JSON.stringify([...positions]));
      } catch {
        // Without storage only a reload forgets the position.
      }
    },
    dispose: () => {
      window.removeEventListener("scroll", record);
      window.document.removeEventListener("focusin", record);
    },
  };
}

/** Scrolls and focuses as saved, now or as soon as the page is long enough. */
export function restorePosition(window: Window & typeof globalThis, saved?: SavedPosition): void {
  if (saved === undefined) {
    return;
  }
  const { document } = window;
  const attempt = (): boolean => {
    window.scrollTo(0, saved.top);
    const target = saved.focusId === "" ? null : document.getElementById(saved.focusId);
    if (target !== null && target !== document.activeElement) {
      target.focus({ preventScroll: true });
    }
    return Math.abs(window.scrollY - saved.top) <= 1 && (saved.focusId === "" || target !== null);
  };
  if (attempt() || typeof window.ResizeObserver === "undefined") {
    return;
  }
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const name of interruptions) {
      window.removeEventListener(name, stop);
    }
  };
  const observer = new window.ResizeObserver(() => {
    if (attempt()) {
      stop();
    }
  });
  const timer = setTimeout(stop, restoreMs);
  const interruptions = ["wheel", "touchstart", "keydown", "pointerdown"] as const;
  for (const name of interruptions) {
    window.addEventListener(name, stop, { passive: true });
  }
  observer.observe(document.body);
}

function load(window: Window): Map<string, SavedPosition> {
  try {
    const saved: unknown = JSON.parse(window.sessionStorage.getItem(storageKey) ?? "[]");
    return new Map(Array.isArray(saved) ? saved.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(value: unknown): value is [string, SavedPosition] {
  if (!Array.isArray(value) || typeof value[0] !== "string") {
    return false;
  }
  const position: unknown = value[1];
  return (
    typeof position === "object" &&
    position !== null &&
    "top" in position &&
    typeof position.top === "number" &&
    "focusId" in position &&
    typeof position.focusId === "string"
  );
}
