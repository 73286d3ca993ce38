/** The two heatmaps of a row: the predicted class and another class, on one scale. */
import type { Scale } from '../../src/imaging/heatmap';
import { differenceOf, type Difference } from '../common/heat/difference';
import type { ScaleKind } from '../common/heat/appearance';
import type { RangedMap } from '../common/heat/paint';
import type { ImageResult } from '../common/heat/results';

export interface Comparison {
  readonly predicted: number;
  /** The label; for a correct prediction, the next most probable class. */
  readonly other: number;
  readonly maps: { readonly predicted: RangedMap; readonly other: RangedMap };
  /** The common scale of both maps; undefined where each has its own range. */
  readonly scale: Scale | undefined;
  readonly difference: Difference;
}

export function compare(result: ImageResult, label: number, kind: ScaleKind, shared: Scale | undefined): Comparison {
  const { predicted } = result;
  const other = otherClass(result, label);
  const maps = { predicted: rangedMap(result, predicted), other: rangedMap(result, other) };
  const scale = kind === 'image' ? undefined : kind === 'row' ? pairScale(result, label) : shared;
  return { predicted, other, maps, scale, difference: differenceOf(maps.predicted, maps.other, scale) };
}

export function otherClass({ predicted, probabilities }: ImageResult, label: number): number {
  if (predicted !== label) return label;
  const others = probabilities.map((probability, index) => (index === predicted ? -1 : probability));
  return others.indexOf(Math.max(...others));
}

/** The common range of a row's maps. */
export function pairScale(result: ImageResult, label: number): Scale {
  const [a, b] = [result.range(result.predicted), result.range(otherClass(result, label))];
  return { minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum) };
}

function rangedMap(result: ImageResult, target: number): RangedMap {
  return { map: result.map(target), range: result.range(target) };
}
