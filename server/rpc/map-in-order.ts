/**
 * Works on several items of a stream at once and yields what comes of them in the order of the items,
 * each as soon as it is ready. At most `windowSize` items are read beyond what the consumer has taken,
 * so that a slow one slows the source down instead of filling memory.
 */
export async function* mapInOrder<T, R>(
  source: AsyncIterable<T>,
  windowSize: number,
  work: (item: T, index: number) => Promise<R>,
): AsyncGenerator<R> {
  const items = source[Symbol.asyncIterator]();
  const begun: Promise<R>[] = [];
  let reading: Promise<IteratorResult<T>> | undefined;
  let index = 0;
  let isAtEnd = false;
  let failure: { error: unknown } | undefined;
  try {
    while (!isAtEnd || begun.length > 0) {
      if (!isAtEnd && begun.length < windowSize) {
        // What came before a failure of the source is answered before it is told.
        reading ??= items.next().catch((error: unknown) => {
          failure = { error };
          return { done: true, value: undefined };
        });
        // The source may wait for us: a caller that asks one question at a time.
        const next = await Promise.race([reading, begun[0]?.then(ready, ready) ?? reading]);
        if (next !== undefined) {
          reading = undefined;
          if (next.done === true) {
            isAtEnd = true;
          } else {
            const result = work(next.value, index);
            index += 1;
            // A failure is thrown when it is its turn; until then nobody may call it unhandled.
            result.catch(() => undefined);
            begun.push(result);
          }
          continue;
        }
      }
      const first = begun.shift();
      if (first !== undefined) {
        yield await first;
      }
    }
    if (failure !== undefined) {
      throw failure.error;
    }
  } finally {
    const released = items.return?.().catch(() => undefined);
    // A source that is being read ends only with what it is waiting for; nobody waits for that.
    if (reading === undefined) {
      await released;
    }
  }
}

function ready(): undefined {
  return undefined;
}
