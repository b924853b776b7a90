import type { Dice } from "./dice.ts";
import type { Inks, Picture } from "./inked-picture.ts";
import { at, circle, path, rect, type Shape } from "./shapes.ts";

/** Circles within circles, off centre. */
function rings(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const count = dice.between(4, 7);
  const r = Math.min(width, height) * (0.4 + dice.roll() * 0.22);
  const drift = (dice.roll() - 0.5) * 1.1;
  const [x, y] = [width * (0.36 + dice.roll() * 0.28), height * (0.42 + dice.roll() * 0.16)];
  return Array.from({ length: count }, (_, index) => {
    const inner = r * (1 - index / count);
    return circle(x + drift * (r - inner), y + (r - inner) * 0.5 * drift, inner, {
      fill: [line, tone, accent][index % 3] ?? line,
    });
  });
}

/** Planets on their paths. */
function orbits(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const [x, y] = [width / 2, height / 2];
  const turn = dice.between(-50, 50);
  const count = dice.between(3, 5);
  const reach = Math.hypot(width, height) * 0.44;
  const shapes: Shape[] = [];
  for (let index = count; index >= 1; index--) {
    const rx = (reach * index) / count;
    const ry = rx * 0.42;
    shapes.push({
      kind: "ellipse",
      x,
      y,
      rx,
      ry,
      turn,
      stroke: tone,
      strokeWidth: 1.6,
      fill: "none",
    });
    const angle = dice.roll() * 2 * Math.PI;
    const [u, v] = [Math.cos(angle) * rx, Math.sin(angle) * ry];
    const radians = (turn * Math.PI) / 180;
    shapes.push(
      circle(
        x + u * Math.cos(radians) - v * Math.sin(radians),
        y + u * Math.sin(radians) + v * Math.cos(radians),
        width * (0.018 + dice.roll() * 0.04),
        { fill: index % 2 === 0 ? line : accent },
      ),
    );
  }
  shapes.push(circle(x, y, width * 0.085, { fill: accent }));
  return shapes;
}

/** Rays from a point. */
function rays(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const count = dice.pick([9, 12, 16, 20]);
  const [x, y] = [width * dice.pick([0, 0.5, 1]), height * dice.pick([0.35, 0.62, 1])];
  const reach = Math.hypot(width, height) * 1.1;
  const shapes = Array.from({ length: count }, (_, index): Shape => {
    const [a, b] = [(index / count) * 2 * Math.PI, ((index + 0.5) / count) * 2 * Math.PI];
    const d =
      `M${at(x)} ${at(y)}L${at(x + Math.cos(a) * reach)} ${at(y + Math.sin(a) * reach)}` +
      `L${at(x + Math.cos(b) * reach)} ${at(y + Math.sin(b) * reach)}Z`;
    return path(d, { fill: index % 3 === 0 ? accent : tone });
  });
  const r = Math.min(width, height) * 0.17;
  return [...shapes, circle(x, y, r, { fill: line }), circle(x, y, r * 0.55, { fill: accent })];
}

/** Arches within arches. */
function arches(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const count = dice.between(3, 5);
  const span = width * 0.84;
  return Array.from({ length: count }, (_, index) => {
    const r = (span / 2) * (1 - index / count);
    const top = height * 0.16 + (span / 2 - r) * 0.9;
    const d = `M${at(width / 2 - r)} ${at(height)}V${at(top + r)}A${at(r)} ${at(r)} 0 0 1 ${at(width / 2 + r)} ${at(top + r)}V${at(height)}Z`;
    return path(d, { fill: [line, tone, accent][index % 3] ?? line });
  });
}

/** A door ajar at the end of a passage. */
function doorway(
  width: number,
  height: number,
  { ground, line, accent, tone }: Inks,
  dice: Dice,
): Shape[] {
  const wide = width * (0.26 + dice.roll() * 0.1);
  const tall = height * (0.5 + dice.roll() * 0.12);
  const x = width * (0.3 + dice.roll() * 0.14);
  const floor = height * 0.84;
  return [
    rect({ x: 0, y: 0, width, height: floor }, { fill: line }),
    rect({ x: 0, y: floor, width, height: height - floor }, { fill: tone }),
    path(
      `M${at(x)} ${at(floor)}h${at(wide)}L${at(x + wide * 2.1)} ${at(height)}H${at(x - wide * 0.4)}Z`,
      { fill: accent },
    ),
    rect({ x, y: floor - tall, width: wide, height: tall }, { fill: accent }),
    path(
      `M${at(x)} ${at(floor - tall)}l${at(wide * 0.42)} ${at(-tall * 0.07)}V${at(floor + tall * 0.09)}L${at(x)} ${at(floor)}Z`,
      { fill: ground },
    ),
  ];
}

/** Steps that climb across the picture. */
function stairs(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const count = dice.between(5, 9);
  const isRising = dice.chance(0.5);
  const step = width / count;
  const blocks = Array.from({ length: count }, (_, index) => {
    const rank = isRising ? index + 1 : count - index;
    const tall = height * (0.12 + (0.7 * rank) / count);
    return rect(
      { x: index * step, y: height - tall, width: step + 0.5, height: tall },
      { fill: index % 2 === 0 ? line : tone },
    );
  });
  const disc = circle(width * (isRising ? 0.28 : 0.72), height * 0.26, width * 0.12, {
    fill: accent,
  });
  return [disc, ...blocks];
}

/** An eye. */
function eye(
  width: number,
  height: number,
  { ground, line, accent, tone }: Inks,
  dice: Dice,
): Shape[] {
  const [x, y] = [width / 2, height / 2];
  const reach = width * 0.44;
  const open = Math.min(height * 0.36, reach * (0.62 + dice.roll() * 0.3));
  const lid = (k: number) =>
    `M${at(x - reach * k)} ${at(y)}Q${at(x)} ${at(y - open * 2 * k)} ${at(x + reach * k)} ${at(y)}Q${at(x)} ${at(y + open * 2 * k)} ${at(x - reach * k)} ${at(y)}Z`;
  return [
    path(lid(1), { fill: tone }),
    path(lid(0.86), { fill: ground }),
    circle(x, y, open * 0.62, { fill: accent }),
    circle(x, y, open * 0.34, { fill: line }),
    circle(x - open * 0.2, y - open * 0.22, open * 0.1, { fill: ground }),
  ];
}

export const formPictures = {
  rings,
  orbits,
  rays,
  arches,
  doorway,
  stairs,
  eye,
} satisfies Record<string, Picture>;
