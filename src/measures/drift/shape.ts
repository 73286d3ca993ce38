/** Where a heatmap's heat lies, and how far it is spread. Maps are raw and not negative; a flat one has no such place. */
import type { FloatMap } from '../../imaging/heatmap';
import { resample } from '../../imaging/resample';

/** [row, column], each 0 … 1 of the map's side, from the top left. */
export type Centre = [row: number, column: number];

/** Heat as a weight at each cell's centre. @param map with some heat */
export function centreOfMass({ height, width, values }: FloatMap): Centre {
  let [row, column, sum] = [0, 0, 0];
  for (let cell = 0; cell < height * width; cell++) {
    const heat = values[cell] as number;
    row += heat * (Math.floor(cell / width) + 0.5);
    column += heat * ((cell % width) + 0.5);
    sum += heat;
  }
  return [row / sum / height, column / sum / width];
}

/**
 * Shannon's entropy of the map as a distribution over its cells, by the greatest that so many cells can have: 0 where
 * all heat is in one cell, 1 where it is even. @param map of more than one cell, with some heat
 */
export function entropy({ values }: FloatMap): number {
  const { length } = values;
  const sum = total(values);
  let bits = 0;
  for (let cell = 0; cell < length; cell++) {
    const share = (values[cell] as number) / sum;
    if (share > 0) bits -= share * Math.log2(share);
  }
  return bits / Math.log2(length);
}

/** 1 where an object is, [height, width]. */
export interface Mask {
  readonly height: number;
  readonly width: number;
  readonly values: Uint8Array;
}

/** The share of heat that lies inside the mask, of the map as it is seen: bilinear, at the mask's size. */
export function heatInMask(map: FloatMap, { height, width, values }: Mask): number {
  const heat = resample({ ...map, channels: 1 }, height, width);
  return total(heat.map((each, i) => each * (values[i] as number))) / total(heat);
}

/** The mask's share of the area. */
export function maskShare({ values }: Mask): number {
  return total(values) / values.length;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}
