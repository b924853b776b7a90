/** Lets what waits for the processor come first: keys, taps, frames. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
