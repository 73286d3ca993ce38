/** The two heatmaps of a row: the predicted class and another class, on one scale. */
import type { Scale } from '../../src/imaging/heatmap';
import { differenceOf, type Difference } from '../common/heat/difference';
import type { ScaleKind } from '../common/heat/appearance';
import { unionOf } from '../common/heat/scales';
import { otherClass, type ClassHeat, type ImageResult } from '../common/heat/results';

export interface Comparison {
  readonly predicted: number;
  /** The label; for a correct prediction, the next most probable class. */
  readonly other: number;
  readonly maps: { readonly predicted: ClassHeat; readonly other: ClassHeat };
  /** The common scale of both maps; undefined where each has its own range. */
  readonly scale: Scale | undefined;
  readonly difference: Difference;
}

/** Undefined where one of the two maps is not there yet. */
export function compare(
  result: ImageResult,
  label: number,
  kind: ScaleKind,
  shared: Scale | undefined,
): Comparison | undefined {
  const { predicted } = result;
  const other = otherClass(result, label);
  const [first, second] = [result.heat(predicted), result.heat(other)];
  if (first === undefined || second === undefined) return undefined;
  const maps = { predicted: first, other: second };
  const scale = kind === 'image' ? undefined : kind === 'row' ? pairScale(result, label) : shared;
  return { predicted, other, maps, scale, difference: differenceOf(maps.predicted, maps.other, scale) };
}

/** The common range of a row's maps; undefined where there are none yet. */
export function pairScale(result: ImageResult, label: number): Scale | undefined {
  return unionOf([result.predicted, otherClass(result, label)].map((target) => result.heat(target)?.range));
}
