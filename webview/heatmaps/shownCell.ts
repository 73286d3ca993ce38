/** The grid's cells, ready to be drawn and described, and the scales of their colours. */
import type { Scale } from '../../src/imaging/heatmap';
import type { ScaleKind } from '../common/heat/appearance';
import { labelOf, type ImageResult } from '../common/heat/results';
import { unionOf } from '../common/heat/scales';
import { classWanted } from '../heat/wantedClass';
import { differenceAt, type ShownHeat } from './compared';
import { imageAt, isDifference, resultsAt, type HeatmapsState, type RowPlace } from './heatmapsState';
import type { CellPlace } from './settings';

/** One cell, ready to be drawn and described. */
export interface ShownCell {
  readonly result: ImageResult;
  readonly label: number | null;
  /** The class of the visible map. */
  readonly target: number;
  /** Undefined where it is not there yet, though the prediction is. */
  readonly heat: ShownHeat | undefined;
}

export function shownCell(state: HeatmapsState, place: CellPlace): ShownCell | undefined {
  const { image, epoch } = place;
  const result = resultsAt(state, place).cell(image, epoch);
  if (result === undefined) return undefined;
  const label = labelOf(imageAt(state, image));
  const target = classWanted(state.settings.target, result, label);
  const heat = isDifference(state.settings) ? differenceAt(state, place) : result.heat(target);
  return { result, label, target, heat };
}

/** The common scale of several maps; undefined where each map has its own range. */
export type ScaleOf = (row: RowPlace) => Scale | undefined;

/** One scale for all maps is one for all of a method: the maps of two methods have no unit in common. */
export function scales(state: HeatmapsState, kind: ScaleKind): ScaleOf {
  if (kind === 'image') return () => undefined;
  if (kind === 'row') return (row) => rowRange(state, row);
  const all = state.explanations.map((_, method) =>
    unionOf(state.images.map((image) => rowRange(state, { image, method }))),
  );
  return ({ method }) => all[method];
}

/** The common range of a row's visible maps. */
export function rowRange(state: HeatmapsState, row: RowPlace): Scale | undefined {
  return unionOf(state.checkpoints.map(({ epoch }) => shownCell(state, { ...row, epoch })?.heat?.range));
}
