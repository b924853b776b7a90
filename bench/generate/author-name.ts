import type { Names } from "./names.ts";
import type { Random } from "./random.ts";

/** "Given M. Family" and the other ways in which title pages put it; escaped. */
export function personName(random: Random, names: Names, given: string, family: string): string {
  const unit = random.unit();
  if (unit < 0.66) {
    return `${given} ${family}`;
  }
  if (unit < 0.83) {
    return `${given} ${initial(names.given(random))} ${family}`;
  }
  if (unit < 0.92) {
    return `${initial(given)} ${initial(names.given(random))} ${family}`;
  }
  if (unit < 0.97) {
    return `${given} ${names.given(random)} ${family}`;
  }
  return unit < 0.98 ? given : `${given} ${family} ${names.family(random)}`;
}

/** "T." of "Tovar"; an escaped letter is six characters long. */
function initial(name: string): string {
  return `${name.startsWith("\\u") ? name.slice(0, 6) : name.charAt(0)}.`;
}

/** "Tovarel Society": a body that writes books. */
export function bodyName(random: Random, family: string): string {
  const unit = random.unit();
  if (unit < 0.4) {
    return `${family} Society`;
  }
  if (unit < 0.7) {
    return `University of ${family}`;
  }
  return unit < 0.85 ? `${family}. Department of Agriculture` : `${family} Museum (Firm)`;
}
