import { useState } from "react";

type ValueName = { value: string };
type Order = { key: string; values: readonly string[] };

/**
 * Keeps values that were there before in their places, and puts new ones after them; a new `key`
 * begins anew.
 */
export function useStableOrder<Value extends ValueName>(
  values: readonly Value[],
  key: string,
): readonly Value[] {
  const [order, setOrder] = useState<Order>({ key, values: [] });
  const before = order.key === key ? order.values : [];
  const sorted = inOrder(values, before);
  const names = sorted.map(({ value }) => value);
  if (order.key !== key || names.join("\0") !== order.values.join("\0")) {
    setOrder({ key, values: names });
  }
  return sorted;
}

/** Values in the order of names, those that are none of them after; exported for its test. */
export function inOrder<Value extends ValueName>(
  values: readonly Value[],
  names: readonly string[],
): Value[] {
  const place = ({ value }: Value) => {
    const index = names.indexOf(value);
    return index < 0 ? names.length : index;
  };
  // Sorting is stable: new values keep the order in which they came.
  return values.toSorted((one, other) => place(one) - place(other));
}
