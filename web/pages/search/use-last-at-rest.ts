import { useState } from "react";

/**
 * The value as it was when typing last paused; at first, and at rest, the value itself. It must come
 * from outside of the component or from state: what is computed anew would be new for ever.
 */
export function useLastAtRest<Value>(value: Value, isAtRest: boolean): Value {
  const [last, setLast] = useState(value);
  if (isAtRest && last !== value) {
    setLast(value);
  }
  return isAtRest ? value : last;
}
