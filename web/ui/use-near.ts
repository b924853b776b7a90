import { type RefObject, useEffect, useRef, useState } from "react";

/** About a screen ahead: enough for an answer to arrive before the reader does. */
const margin = "600px";

/** Whether an element has come near what is in sight; once near, always near. */
export function useNear<Target extends Element>(): [RefObject<Target | null>, boolean] {
  const target = useRef<Target>(null);
  const [isNear, setNear] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (isNear || target.current === null) {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          setNear(true);
        }
      },
      { rootMargin: margin },
    );
    observer.observe(target.current);
    return () => observer.disconnect();
  }, [isNear]);
  return [target, isNear];
}
