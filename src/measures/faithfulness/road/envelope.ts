/**
 * The removed pixels of an image as unknowns of a symmetric system, each the weighted mean of its neighbours: row by row,
 * so that a row of the matrix's lower half reaches back no further than a row of the image.
 */
import type { Size } from '../../../imaging/placement';

/** Of a pixel beside, and of one across a corner, by their proportion: divided by the sum over those inside the image. */
const BESIDE = 2;
const DIAGONAL = 1;

export interface Envelope {
  readonly unknowns: number;
  /** Each unknown's pixel. */
  readonly pixels: Int32Array;
  /** Each row's first column, and where in `values` its column 0 would lie. */
  readonly firsts: Int32Array;
  readonly starts: Int32Array;
  /** The rows from their first columns to the diagonal, one after the other. */
  readonly values: Float64Array;
  /** What the known neighbours add, [unknowns, 3]. */
  readonly right: Float64Array;
}

/** @param pixels [height, width, 3] @param removed 1 where a pixel is removed; not everywhere */
export function describeRemoved({ height, width }: Size, pixels: Float32Array, removed: Uint8Array): Envelope {
  const unknownAt = new Int32Array(removed.length).fill(-1);
  let unknowns = 0;
  for (let pixel = 0; pixel < removed.length; pixel++) if (removed[pixel] === 1) unknownAt[pixel] = unknowns++;
  const pixelOf = new Int32Array(unknowns);
  const firsts = new Int32Array(unknowns);
  const starts = new Int32Array(unknowns);
  let length = 0;
  for (let pixel = 0; pixel < removed.length; pixel++) {
    const unknown = unknownAt[pixel] as number;
    if (unknown < 0) continue;
    const first = firstNeighbour(unknownAt, pixel, width);
    pixelOf[unknown] = pixel;
    firsts[unknown] = first;
    starts[unknown] = length - first;
    length += unknown - first + 1;
  }
  const envelope = {
    unknowns,
    pixels: pixelOf,
    firsts,
    starts,
    values: new Float64Array(length),
    right: new Float64Array(3 * unknowns),
  };
  for (let unknown = 0; unknown < unknowns; unknown++) fillRow(envelope, unknown, unknownAt, { height, width }, pixels);
  return envelope;
}

/** The unknown that a pixel's row begins with: the earliest of its neighbours among them, or itself. */
function firstNeighbour(unknownAt: Int32Array, pixel: number, width: number): number {
  const column = pixel % width;
  const above = pixel - width;
  let first = -1;
  if (above >= 0) {
    if (column > 0) first = unknownAt[above - 1] as number;
    if (first < 0) first = unknownAt[above] as number;
    if (first < 0 && column < width - 1) first = unknownAt[above + 1] as number;
  }
  if (first < 0 && column > 0) first = unknownAt[pixel - 1] as number;
  return first < 0 ? (unknownAt[pixel] as number) : first;
}

function fillRow(
  { pixels: pixelOf, starts, values, right }: Envelope,
  unknown: number,
  unknownAt: Int32Array,
  { height, width }: Size,
  pixels: Float32Array,
): void {
  const pixel = pixelOf[unknown] as number;
  const y = Math.floor(pixel / width);
  const x = pixel - y * width;
  const start = starts[unknown] as number;
  const firstRow = y > 0 ? y - 1 : 0;
  const lastRow = y < height - 1 ? y + 1 : y;
  const firstColumn = x > 0 ? x - 1 : 0;
  const lastColumn = x < width - 1 ? x + 1 : x;
  let sum = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const neighbour = row * width + column;
      if (neighbour === pixel) continue;
      const weight = row === y || column === x ? BESIDE : DIAGONAL;
      const other = unknownAt[neighbour] as number;
      sum += weight;
      if (other < 0) {
        red += weight * (pixels[3 * neighbour] as number);
        green += weight * (pixels[3 * neighbour + 1] as number);
        blue += weight * (pixels[3 * neighbour + 2] as number);
      } else if (other < unknown) values[start + other] = -weight;
    }
  }
  values[start + unknown] = sum;
  right[3 * unknown] = red;
  right[3 * unknown + 1] = green;
  right[3 * unknown + 2] = blue;
}
