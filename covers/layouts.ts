import { bands, grid, reader, rules, spectrum } from "./layouts-classic.ts";
import { cloth, label, medallion, slip } from "./layouts-crafted.ts";
import { emblem, halves, initial, lettered, poster, swiss } from "./layouts-modern.ts";
import type { Scene } from "./scene.ts";
import type { Shape } from "./shapes.ts";

/** A way to arrange a cover. The ground is already painted in the palette's. */
export type Layout = (scene: Scene) => Shape[];

export const layouts = {
  grid,
  spectrum,
  rules,
  reader,
  bands,
  lettered,
  label,
  swiss,
  initial,
  cloth,
  halves,
  emblem,
  poster,
  medallion,
  slip,
} satisfies Record<string, Layout>;

export type LayoutName = keyof typeof layouts;
