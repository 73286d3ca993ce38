/** A confusion matrix as a picture, a pixel for a cell or for several. */
import type { ConfusionMatrix } from '../../../src/measures/misclassified';

/** Red, green and blue, 0 … 255. */
export type Colour = readonly [number, number, number];

export interface MatrixColours {
  readonly background: Colour;
  readonly right: Colour;
  readonly wrong: Colour;
}

export interface MatrixPicture {
  /** Pixels a side. */
  readonly side: number;
  /** RGBA, [side, side, 4]. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** What one image among the most shows at least, so that it is seen at all. */
const FAINTEST = 0.22;

/**
 * @param order the class of each row and column
 * @param bin so many cells a side are one pixel, of which the strongest is shown
 */
export function matrixPicture(
  { classes, counts }: ConfusionMatrix,
  order: ArrayLike<number>,
  bin: number,
  { background, right, wrong }: MatrixColours,
): MatrixPicture {
  const side = Math.ceil(classes / bin);
  const strongest = [new Float32Array(side * side), new Float32Array(side * side)] as const;
  const most: [number, number] = [0, 0];
  for (let row = 0; row < classes; row++) {
    const label = order[row] as number;
    for (let column = 0; column < classes; column++) {
      const count = counts[label * classes + (order[column] as number)] as number;
      if (count === 0) continue;
      const kind = row === column ? 0 : 1;
      const at = Math.floor(row / bin) * side + Math.floor(column / bin);
      strongest[kind][at] = Math.max(strongest[kind][at] as number, count);
      most[kind] = Math.max(most[kind], count);
    }
  }
  const pixels = new Uint8ClampedArray(4 * side * side);
  for (let at = 0; at < side * side; at++) {
    // An error is seen also where the pixel holds what is right.
    const kind = (strongest[1][at] as number) > 0 ? 1 : 0;
    const count = strongest[kind][at] as number;
    const share = count === 0 ? 0 : FAINTEST + (1 - FAINTEST) * Math.sqrt(count / most[kind]);
    const colour = kind === 0 ? right : wrong;
    for (let part = 0; part < 3; part++)
      pixels[4 * at + part] = (background[part] as number) * (1 - share) + (colour[part] as number) * share;
    pixels[4 * at + 3] = 255;
  }
  return { side, pixels };
}
