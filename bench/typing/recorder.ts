/** A key pressed in the search field. Times are milliseconds of the page's clock. */
export type KeyRecord = {
  /** What stood in the field after it. */
  typed: string;
  pressedMs: number;
  /** When the list of exactly this query was painted; undefined if it never was. */
  paintedMs?: number;
  /** When the next list of whatever query was painted. */
  anyMs?: number;
};

/** A list that was painted. */
export type ListRecord = {
  query: string;
  paintedMs: number;
  /** When its answer had arrived; undefined if it came from the page's own memory, or was painted before. */
  answeredMs?: number;
  /** Whether the next key came after it. */
  whileTyping: boolean;
};

export type TypingRecord = {
  keys: KeyRecord[];
  lists: ListRecord[];
  /** Durations of the keydown events, to the next paint, as the browser measured them. */
  keydowns: number[];
};

/**
 * Runs in the page, before its own scripts: records keys, painted lists, answers and how long the
 * browser took for each keydown. It is sent as text, so it uses nothing from around it.
 */
export function recorder(): void {
  let keys: KeyRecord[] = [];
  let lists: ListRecord[] = [];
  let keydowns: number[] = [];
  let shown = "";
  const field = () => document.querySelector<HTMLInputElement>("#search")?.value ?? "";

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key.length === 1) {
        keys.push({ typed: field() + event.key, pressedMs: event.timeStamp });
      }
    },
    true,
  );

  new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) {
      if (entry.name === "keydown") {
        keydowns.push(entry.duration);
      }
    }
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);

  performance.setResourceTimingBufferSize(100_000);

  /** The query of a SearchBooks call: the first field of the message in its URL. */
  const queryOf = (url: string): string | undefined => {
    const { pathname, searchParams } = new URL(url);
    if (!pathname.endsWith("/SearchBooks")) {
      return undefined;
    }
    const text = (searchParams.get("message") ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    if (bytes[0] !== 0x0a || bytes[1] === undefined || bytes[1] > 127) {
      return undefined;
    }
    return new TextDecoder().decode(bytes.subarray(2, 2 + bytes[1]));
  };
  const answeredMs = (query: string, before: number): number | undefined => {
    const pressed = keys.findLast((key) => key.typed === query && key.pressedMs < before);
    return performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(
        ({ name, startTime }) =>
          startTime >= (pressed?.pressedMs ?? before) && queryOf(name) === query.trim(),
      )
      .find(({ responseEnd }) => responseEnd <= before)?.responseEnd;
  };

  const painted = (query: string) => {
    const paintedMs = performance.now();
    lists.push({ query, paintedMs, whileTyping: false });
    for (const key of keys.slice(keys.findLastIndex(({ typed }) => typed.length === 1))) {
      if (key.pressedMs > paintedMs) {
        continue;
      }
      key.anyMs ??= paintedMs;
      if (key.typed === query) {
        key.paintedMs ??= paintedMs;
      }
    }
  };
  /** The query whose list stands on the page; undefined while an older one is only kept. */
  const standing = (): string | undefined => {
    const list = document.querySelector<HTMLElement>('[aria-label="Books found"]');
    if (list === null) {
      return undefined;
    }
    const ownQuery = list.dataset["query"];
    if (ownQuery !== undefined) {
      return ownQuery;
    }
    return list.getAttribute("aria-busy") === "true" ? undefined : field();
  };
  const look = () => {
    const query = standing();
    if (query === undefined || query === shown) {
      return;
    }
    shown = query;
    // After the frame that shows it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => painted(query);
      port2.postMessage(undefined);
    });
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["aria-busy", "data-query"],
  });

  Object.assign(window, {
    typing: {
      reset() {
        keys = [];
        lists = [];
        keydowns = [];
      },
      read(): TypingRecord {
        const paintedAnswers = new Set<number>();
        for (const list of lists) {
          const answered = answeredMs(list.query, list.paintedMs);
          // Later the same list may stand in for that of a longer query.
          if (answered !== undefined && !paintedAnswers.has(answered)) {
            paintedAnswers.add(answered);
            list.answeredMs = answered;
          }
          const next = keys.find((key) => key.pressedMs > list.paintedMs);
          list.whileTyping = next?.typed.startsWith(list.query) ?? false;
        }
        return { keys, lists, keydowns };
      },
    },
  });
}
