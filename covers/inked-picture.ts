import type { Dice } from "./dice.ts";
import type { Shape } from "./shapes.ts";

/** Inks of a picture: `ground` fills the box, the others draw. */
export type Inks = { ground: string; line: string; accent: string; tone: string };

/** Draws into a box of the given size, from (0, 0). */
export type Picture = (width: number, height: number, inks: Inks, dice: Dice) => Shape[];
