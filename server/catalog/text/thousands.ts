/** Numbers whose thousands are grouped: "20,000", "20.000", "20 000". */
import { isDigit, isPlain } from "./ascii-units.ts";

/**
 * True if the sign at `index` groups the digits of one number: "20,000" and "20.000" are one, "2,3" and
 * "3.14" are two.
 * @param word the groups before the last one; empty if there is none.
 * @param group the digits between them and the sign.
 */
export function groupsThousands(
  source: string,
  index: number,
  word: string,
  group: string,
): boolean {
  for (let digit = 1; digit <= 3; digit++) {
    if (!isDigit(source.charCodeAt(index + digit))) {
      return false;
    }
  }
  if (isPlain(source.charCodeAt(index + 4))) {
    return false;
  }
  if (word === "") {
    return /^[1-9][0-9]{0,2}$/.test(group);
  }
  return /^[0-9]{3}$/.test(group) && /^[1-9][0-9]{0,11}$/.test(word);
}
