/**
 * Remembers results of a pure function by its text: names of publishers, dates and headings repeat
 * on most works. Emptied when full, which is simpler than forgetting one by one and as good here.
 */
export function memoise<T>(compute: (text: string) => T, entriesMax: number): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const fresh = compute(text);
    if (known.size >= entriesMax) known.clear();
    known.set(text, fresh);
    return fresh;
  };
}
