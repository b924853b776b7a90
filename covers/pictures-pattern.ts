import type { Dice } from "./dice.ts";
import type { Inks, Picture } from "./inked-picture.ts";
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
      if (dice.chance(0.14)) {
        continue;
      }
      const [x, y] = [column * size, row * size];
      const corner = dice.chance(0.5)
        ? `M${at(x)} ${at(y)}h${at(size)}v${at(size)}Z`
        : `M${at(x)} ${at(y)}v${at(size)}h${at(size)}Z`;
      shapes.push(path(corner, { fill: dice.pick([line, accent, tone, tone]) }));
    }
  }
  return shapes;
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

/** Lines of a grid, some cells filled. */
function grid(width: number, height: number, { line, accent, tone }: Inks, dice: Dice): Shape[] {
  const columns = dice.between(4, 7);
  const step = width / columns;
  const rows = Math.ceil(height / step);
  const shapes: Shape[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!dice.chance(0.3)) {
        continue;
      }
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

export const patternPictures = { tiles, triangles, stripes, dots, grid } satisfies Record<
  string,
  Picture
>;
