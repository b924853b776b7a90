import { type RefObject, startTransition, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** About a screen ahead: enough for an answer to arrive before the reader does. */
const margin = "600px";

/** What is called when an element comes near. One observer for all: a list has many covers. */
const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/**
 * Whether an element has come near what is in sight; once near, always near. On paper everything is in
 * sight. `isKnownNear` says so from the start.
 */
export function useNear<Target extends Element>(
  isKnownNear = false,
): [RefObject<Target | null>, boolean] {
  const target = useRef<Target>(null);
  const [hasComeNear, setNear] = useState(typeof IntersectionObserver === "undefined");
  const isNear = isKnownNear || hasComeNear;
  useEffect(() => {
    const element = target.current;
    if (isNear || element === null) {
      return;
    }
    watch(element, () => setNear(true));
    return () => forget(element);
  }, [isNear]);
  return [target, isNear];
}

function watch(element: Element, onNear: () => void): void {
  if (observer === undefined) {
    // Rows that are scrolled sideways have a margin of their own; older browsers draw there a moment later.
    const options = { rootMargin: margin, scrollMargin: `0px ${margin}` };
    observer = new IntersectionObserver((entries) => {
      const near = entries.filter(({ isIntersecting }) => isIntersecting);
      startTransition(() => tell(near.map(({ target }) => target)));
    }, options);
    window.addEventListener("beforeprint", () => flushSync(() => tell(waiting.keys())));
  }
  waiting.set(element, onNear);
  observer.observe(element);
}

function tell(elements: Iterable<Element>): void {
  for (const element of elements) {
    waiting.get(element)?.();
  }
}

function forget(element: Element): void {
  waiting.delete(element);
  observer?.unobserve(element);
}
