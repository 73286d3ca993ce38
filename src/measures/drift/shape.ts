/**
 * Where a heatmap's heat lies, and how far it is spread. Heat is what speaks for the class: the positive values of a raw
 * map. A flat map has no such place, and one without a positive value no heat.
 */
import type { FloatMap } from '../../imaging/heatmap';
import { resample } from '../../imaging/resample';

/** [row, column], each 0 … 1 of the map's side, from the top left. */
export type Centre = [row: number, column: number];

export function hasHeat({ values }: FloatMap): boolean {
  return totalHeat(values) > 0;
}

/** Heat as a weight at each cell's centre. @param map with some heat */
export function centreOfMass({ height, width, values }: FloatMap): Centre {
  let [row, column, sum] = [0, 0, 0];
  for (let cell = 0; cell < height * width; cell++) {
    const heat = heatAt(values, cell);
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
  const sum = totalHeat(values);
  let bits = 0;
  for (let cell = 0; cell < length; cell++) {
    const share = heatAt(values, cell) / sum;
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

/**
 * The share of heat that lies inside the mask, of the map as it is seen: bilinear, at the mask's size. Null where none is
 * seen, as where a hot cell lies among ones that are far below nought.
 */
export function heatInMask(map: FloatMap, { height, width, values }: Mask): number | null {
  const seen = resample({ ...map, channels: 1 }, height, width);
  const all = totalHeat(seen);
  return all === 0 ? null : totalHeat(seen.map((each, i) => each * (values[i] as number))) / all;
}

/** The mask's share of the area. */
export function maskShare({ values }: Mask): number {
  return totalHeat(values) / values.length;
}

function heatAt(values: ArrayLike<number>, cell: number): number {
  return Math.max(0, values[cell] as number);
}

function totalHeat(values: ArrayLike<number>): number {
  let sum = 0;
  for (let cell = 0; cell < values.length; cell++) sum += heatAt(values, cell);
  return sum;
}
