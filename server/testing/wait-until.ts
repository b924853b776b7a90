import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 5;
/** Far above what a loaded machine needs, far below what a test may take. */
const limitMsDefault = 15_000;

/**
 * Waits until something is so, for what tells nobody when it happens.
 * @param description completes "Waited in vain until …".
 * @throws {Error} with the description when the limit is over.
 */
export async function waitUntil(
  description: string,
  condition: () => boolean | Promise<boolean>,
  limitMs: number = limitMsDefault,
): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > endMs) {
      throw new Error(`Waited in vain until ${description}`);
    }
    await sleep(pollMs);
  }
}
