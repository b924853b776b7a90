/** After so long the reader has moved on by themselves. */
const watchMs = 4000;

/**
 * Keeps the focus on the page when what had it goes away: a chip that was removed, a row that a
 * filter took out. Call it before the change; when the focus falls to the body, the first element
 * that one of the selectors finds takes it. `place` chooses among several ("the chip now third").
 */
export function keepFocus(selectors: readonly string[], place = 0): void {
  const rescue = () => {
    if (document.activeElement !== null && document.activeElement !== document.body) {
      return;
    }
    for (const selector of selectors) {
      const found = [...document.querySelectorAll<HTMLElement>(selector)];
      const target = found[Math.min(place, found.length - 1)];
      if (target === undefined) {
        continue;
      }
      target.focus({ preventScroll: true });
      return;
    }
  };
  const observer = new MutationObserver(rescue);
  observer.observe(document.body, { childList: true, subtree: true });
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const name of ["pointerdown", "keydown"]) {
      window.removeEventListener(name, stop);
    }
  };
  const timer = setTimeout(stop, watchMs);
  for (const name of ["pointerdown", "keydown"]) {
    window.addEventListener(name, stop);
  }
}
