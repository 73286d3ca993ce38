/** What the heatmaps of a row are of: the class the image is taken for beside another, on one scale. */
import type { Scale } from '../../src/imaging/heatmap';
import { differenceOf, type Difference } from '../common/heat/difference';
import type { ScaleKind } from '../common/heat/look';
import type { RangedMap } from '../common/heat/paint';
import type { CellResult } from '../common/heat/results';

export interface Comparison {
  readonly predicted: number;
  /** The label; of an image that is right, the class it is most likely to be taken for next. */
  readonly other: number;
  readonly maps: { readonly predicted: RangedMap; readonly other: RangedMap };
  /** What both maps are drawn on; undefined where each has its own range. */
  readonly scale: Scale | undefined;
  readonly difference: Difference;
}

export function compare(result: CellResult, label: number, kind: ScaleKind, shared: Scale | undefined): Comparison {
  const { predicted } = result;
  const other = otherClass(result, label);
  const maps = { predicted: rangedMap(result, predicted), other: rangedMap(result, other) };
  const scale = kind === 'image' ? undefined : kind === 'row' ? pairScale(result, label) : shared;
  return { predicted, other, maps, scale, difference: differenceOf(maps.predicted, maps.other, scale) };
}

export function otherClass({ predicted, probabilities }: CellResult, label: number): number {
  if (predicted !== label) return label;
  const others = probabilities.map((probability, index) => (index === predicted ? -1 : probability));
  return others.indexOf(Math.max(...others));
}

/** The range of both maps of a row. */
export function pairScale(result: CellResult, label: number): Scale {
  const [a, b] = [result.range(result.predicted), result.range(otherClass(result, label))];
  return { minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum) };
}

function rangedMap(result: CellResult, target: number): RangedMap {
  return { map: result.map(target), range: result.range(target) };
}
