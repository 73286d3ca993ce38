/** How alike two heatmaps of an image are, on the layer's own grid. */
import { isFlat, sharedScale, type FloatMap } from '../../imaging/heatmap';
import type { Inverse } from '../../perturbations';
import { bringBack } from './bringBack';
import { ofEachSimilarity, type Similarity } from '.';

/**
 * @param clean raw, of the image as it is
 * @param perturbed raw, of the same layer and class, of the image perturbed
 * @param inverse of a geometric perturbation: the perturbed map is brought back by it first, and cells that the perturbed
 * image does not show are left out
 */
export function compareMaps(clean: FloatMap, perturbed: FloatMap, inverse?: Inverse): Similarity {
  const { values, mask } =
    inverse === undefined ? { values: perturbed.values, mask: undefined } : bringBack(perturbed, inverse);
  const a = visibleCells(clean.values, mask);
  const b = visibleCells(values, mask);
  const scales = [a, b].map((cells) => sharedScale([{ height: 1, width: cells.length, values: cells }]));
  if (scales.some(isFlat)) return ofEachSimilarity(() => null);
  const { height, width } = clean;
  const unitA = { height, width, values: unit(clean.values, scales[0]) };
  const unitB = { height, width, values: unit(values, scales[1]) };
  return ofEachSimilarity(({ compare }) => compare({ a, b, unitA, unitB, mask }) ?? null);
}

function visibleCells(values: ArrayLike<number>, mask: Uint8Array | undefined): Float64Array {
  const cells = new Float64Array(values);
  return mask === undefined ? cells : cells.filter((_, cell) => mask[cell] === 1);
}

function unit(values: ArrayLike<number>, { minimum, maximum } = { minimum: 0, maximum: 1 }): Float64Array {
  const cells = new Float64Array(values);
  for (let i = 0; i < cells.length; i++) cells[i] = ((cells[i] as number) - minimum) / (maximum - minimum);
  return cells;
}
