import type { Dice } from "./dice.ts";
import type { Inks, Picture } from "./picture.ts";
import { at, circle, path, rect, type Shape } from "./shapes.ts";

/** Square tiles of quarter circles, halves and discs: a construction kit. */
function tiles(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const columns = dice.between(3, 5);
  const size = width / columns;
  const rows = Math.ceil(height / size);
  const shapes: Shape[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const fill = dice.pick([line, accent, tone]);
      const x = column * size;
      const y = row * size;
      shapes.push(...tile(x, y, size, fill, dice.pick([line, accent, tone]), dice));
    }
  }
  return shapes;
}

function tile(
  x: number,
  y: number,
  size: number,
  fill: string,
  other: string,
  dice: Dice,
): Shape[] {
  const right = x + size;
  const bottom = y + size;
  const s = at(size);
  switch (dice.between(0, 6)) {
    case 0:
      return [
        path(`M${at(x)} ${at(y)}H${at(right)}A${s} ${s} 0 0 1 ${at(x)} ${at(bottom)}Z`, { fill }),
      ];
    case 1:
      return [
        path(`M${at(right)} ${at(bottom)}H${at(x)}A${s} ${s} 0 0 1 ${at(right)} ${at(y)}Z`, {
          fill,
        }),
      ];
    case 2:
      return [
        path(`M${at(x)} ${at(bottom)}V${at(y)}A${s} ${s} 0 0 1 ${at(right)} ${at(bottom)}Z`, {
          fill,
        }),
      ];
    case 3:
      return [circle(x + size / 2, y + size / 2, size * 0.36, { fill })];
    case 4:
      return [
        rect({ x, y, width: size, height: size }, { fill }),
        circle(x + size / 2, y + size / 2, size * 0.24, { fill: other }),
      ];
    case 5:
      return [path(`M${at(x)} ${at(y)}H${at(right)}L${at(x)} ${at(bottom)}Z`, { fill })];
    default:
      return [];
  }
}

/** Triangles in a grid. */
function triangles(
  width: number,
  height: number,
  { line, accent, tone }: Inks,
  dice: Dice,
): Shape[] {
  const columns = dice.between(3, 6);
  const size = width / columns;
  const shapes: Shape[] = [];
  for (let row = 0; row * size < height; row++) {
    for (let column = 0; column < columns; column++) {
      if (dice.chance(0.14)) continue;
      const [x, y] = [column * size, row * size];
      const corner = dice.chance(0.5)
        ? `M${at(x)} ${at(y)}h${at(size)}v${at(size)}Z`
        : `M${at(x)} ${at(y)}v${at(size)}h${at(size)}Z`;
      shapes.push(path(corner, { fill: dice.pick([line, accent, tone, tone]) }));
    }
  }
  return shapes;
}

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

/** Bands, level or leaning. */
function stripes(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const count = dice.between(5, 9);
  const lean = dice.pick([0, 0.45, -0.45]) * width;
  const step = (height + Math.abs(lean)) / count;
  return Array.from({ length: count }, (_, index) => {
    const top = index * step - Math.max(0, lean);
    const depth = step * (0.3 + dice.roll() * 0.6);
    const d = `M0 ${at(top)}L${at(width)} ${at(top + lean)}V${at(top + lean + depth)}L0 ${at(top + depth)}Z`;
    return path(d, { fill: dice.pick([line, accent, tone]) });
  });
}

/** A field of discs that swells and fades. */
function dots(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const columns = dice.between(5, 8);
  const step = width / columns;
  const rows = Math.floor(height / step);
  const [cx, cy] = [dice.roll() * columns, dice.roll() * rows];
  const shapes: Shape[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const distance = Math.hypot(column + 0.5 - cx, row + 0.5 - cy) / Math.hypot(columns, rows);
      const fill = dice.chance(0.16) ? accent : distance < 0.3 ? line : tone;
      const r = step * (0.46 - 0.42 * Math.min(1, distance * 1.2));
      shapes.push(circle((column + 0.5) * step, (row + 0.5) * (height / rows), r, { fill }));
    }
  }
  return shapes;
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

/** Lines of a grid, some cells filled. */
function grid(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const columns = dice.between(4, 7);
  const step = width / columns;
  const rows = Math.ceil(height / step);
  const shapes: Shape[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!dice.chance(0.3)) continue;
      shapes.push(
        rect(
          { x: column * step, y: row * step, width: step, height: step },
          { fill: dice.pick([accent, line, tone]) },
        ),
      );
    }
  }
  for (let column = 1; column < columns; column++) {
    shapes.push(rect({ x: column * step - 0.5, y: 0, width: 1, height }, { fill: line }));
  }
  for (let row = 1; row < rows; row++) {
    shapes.push(rect({ x: 0, y: row * step - 0.5, width, height: 1 }, { fill: line }));
  }
  return shapes;
}

export const orderPictures = {
  tiles,
  triangles,
  rings,
  orbits,
  rays,
  stripes,
  dots,
  arches,
  doorway,
  stairs,
  eye,
  grid,
} satisfies Record<string, Picture>;
