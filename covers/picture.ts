import type { Dice } from "./dice.ts";
import type { Inks, Picture } from "./inked-picture.ts";
import { formPictures } from "./pictures-form.ts";
import { naturePictures } from "./pictures-nature.ts";
import { patternPictures } from "./pictures-pattern.ts";
import { type Box, rect, type Shape } from "./shapes.ts";

const pictures = { ...naturePictures, ...formPictures, ...patternPictures } satisfies Record<
  string,
  Picture
>;
export type PictureName = keyof typeof pictures;

// Object.keys widens to string; the object above is the only source of these names.
const pictureNames = Object.keys(pictures) as [PictureName, ...PictureName[]];

/** What a book is about hints at what its cover shows; the first rule that fits decides. */
const hints: readonly (readonly [RegExp, readonly [PictureName, ...PictureName[]]])[] = [
  [/\b(sea|ocean|ship|sail|whal|fish|island|river|pirate)/i, ["waves", "sail", "hills"]],
  [/\b(space|science fiction|planet|star|astro|moon|alien)/i, ["orbits", "moon", "rays"]],
  [
    /\b(detective|mystery|crime|murder|horror|ghost|vampire)/i,
    ["doorway", "moon", "stairs", "eye"],
  ],
  [/\b(child|juvenile|fairy|animal|picture book|toy)/i, ["dots", "sun", "leaves", "tiles"]],
  [/\b(poet|love|garden|nature|flower|tree|bird)/i, ["leaves", "sun", "petals"]],
  [/\b(war|revolution|politic|battle)/i, ["rays", "stripes", "triangles"]],
  [
    /\b(math|philosoph|econom|physic|comput|logic|psycholog)/i,
    ["tiles", "rings", "triangles", "grid"],
  ],
  [
    /\b(histor|architect|king|queen|rome|empire|castle|church|relig)/i,
    ["arches", "stairs", "petals"],
  ],
  [/\b(desert|mountain|travel|west|africa|arctic|climb)/i, ["hills", "sun"]],
];

/** Chooses a picture by subjects or, for half of the books and all without a hint, by the dice. */
export function choosePicture(subjects: readonly string[], dice: Dice): PictureName {
  const byChance = dice.pick(pictureNames);
  const isFree = dice.chance(0.3);
  const about = subjects.slice(0, 8).join("; ");
  const hinted = hints.find(([words]) => words.test(about))?.[1];
  return hinted === undefined || isFree ? byChance : dice.pick(hinted);
}

/** The picture in its box, on its own ground. */
export function drawPicture(name: PictureName, box: Box, inks: Inks, dice: Dice): Shape {
  const ground = rect({ x: 0, y: 0, width: box.width, height: box.height }, { fill: inks.ground });
  const shapes = pictures[name](box.width, box.height, inks, dice);
  return { kind: "frame", ...box, shapes: [ground, ...shapes] };
}
