import { bookKeyOf } from "#web/paths.ts";

/**
 * Runs `update`, which must leave the new page standing; where a book's page is entered or left, its cover travels between list and page.
 * Nothing else moves, and nothing at all where reduced motion is asked for.
 */
export function withCoverTransition(
  window: Window & typeof globalThis,
  from: string,
  to: string,
  update: () => void,
): void {
  const { document } = window;
  const key = from === to ? undefined : (bookKeyOf(to) ?? bookKeyOf(from));
  const isStill =
    key === undefined ||
    typeof document.startViewTransition !== "function" ||
    document.visibilityState === "hidden" ||
    window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isStill) {
    update();
    return;
  }
  // Only the one cover gets a name: every named element costs a snapshot.
  const name = (value: string) => {
    const cover = document.querySelector<HTMLElement>(`[data-cover-of="${key}"]`);
    if (cover !== null) {
      cover.style.viewTransitionName = value;
    }
  };
  name("cover");
  const transition = document.startViewTransition(() => {
    name("");
    update();
    name("cover");
  });
  const settle = () => name("");
  transition.finished.then(settle, settle);
}
