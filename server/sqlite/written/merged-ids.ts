/** Two lists of rising ids as one. */
export function merged(some: readonly number[], others: readonly number[]): number[] {
  if (others.length === 0) {
    return [...some];
  }
  return [...some, ...others].sort((one, other) => one - other);
}
