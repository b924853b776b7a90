import type { Dice } from "./dice.ts";
import type { Palette } from "./palettes.ts";
import type { PictureName } from "./picture.ts";
import type { Script } from "./scripts.ts";

/** What a layout draws from. */
export type Scene = {
  title: string;
  author: string;
  /** "Discworld 8" */
  series: string;
  year: string;
  script: Script;
  palette: Palette;
  picture: PictureName;
  dice: Dice;
  /** The same for every book of a series. */
  houseDice: Dice;
};
