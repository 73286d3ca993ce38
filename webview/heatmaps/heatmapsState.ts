/** The panel's state: the view from the extension, the person's settings and the engine's results. */
import { METHODS } from '../../src/explanations';
import type { Scale } from '../../src/imaging/heatmap';
import type { CheckpointInfo, RunView } from '../../src/protocol/panelView';
import type { ScaleKind } from '../common/heat/appearance';
import type { RangedMap } from '../common/heat/paint';
import { unionOf } from '../common/heat/scales';
import { keyOf, labelOf, type ImageResult, type Results } from '../common/heat/results';
import type { Settings, Target } from './settings';

export interface HeatmapsState {
  readonly view: RunView;
  readonly settings: Settings;
  readonly results: Results;
  /** Counts changes of the results: a state is of what was there when it was made. */
  readonly version: number;
  /** The keys of the images that are shown, in order. */
  readonly images: readonly string[];
  /** The checkpoints that are shown, in order. */
  readonly checkpoints: readonly CheckpointInfo[];
  /** The explanation method whose maps are shown, by its id. */
  readonly method: string;
  /** The layer that is shown, by name. */
  readonly layer: string;
}

export function createHeatmapsState(
  view: RunView,
  settings: Settings,
  { results, version }: Pick<HeatmapsState, 'results' | 'version'>,
): HeatmapsState {
  const epochs = settings.epochs ?? view.studyEpochs;
  const hidden = new Set(settings.hidden);
  const layer = view.layers.some(({ name }) => name === settings.layer) ? settings.layer : null;
  return {
    view,
    settings,
    results,
    version,
    images: [...new Set(view.images.map(keyOf))].filter((key) => !hidden.has(key)),
    checkpoints: view.checkpoints.filter(({ epoch }) => epochs === null || epochs.includes(epoch)),
    method: METHODS.find(({ id }) => id === settings.method)?.id ?? view.studyMethod,
    layer: layer ?? view.studyLayer,
  };
}

export function isNothingShown({ images, checkpoints }: HeatmapsState): boolean {
  return images.length === 0 || checkpoints.length === 0;
}

/** One cell, ready to be drawn and described. */
export interface ShownHeatmap extends RangedMap {
  readonly result: ImageResult;
  readonly label: number | null;
  /** The class of the visible map. */
  readonly target: number;
  readonly flat: boolean;
}

export function shownCell(
  { results, settings }: HeatmapsState,
  image: string,
  epoch: number,
): ShownHeatmap | undefined {
  const result = results.cell(image, epoch);
  if (result === undefined) return undefined;
  const label = labelOf(results.image(image));
  const target = targetClass(settings.target, result.predicted, label);
  // A class number of another run may not exist here.
  const known = target < result.logits.length ? target : result.predicted;
  const [map, range] = [result.map(known), result.range(known)];
  return { result, label, target: known, map, range, flat: result.isFlat(known) };
}

/** The class whose heatmap is shown. If the label is asked for and unknown, it is the prediction. */
export function targetClass(target: Target, predicted: number, label: number | null): number {
  if (target === 'predicted') return predicted;
  return target === 'label' ? (label ?? predicted) : target;
}

/** The common scale of several maps; undefined where each map has its own range. */
export type ScaleOf = (image: string) => Scale | undefined;

export function scales(state: HeatmapsState, kind: ScaleKind): ScaleOf {
  if (kind === 'image') return () => undefined;
  if (kind === 'row') return (image) => rowRange(state, image);
  const all = unionOf(state.images.map((image) => rowRange(state, image)));
  return () => all;
}

/** The common range of an image's visible maps. */
export function rowRange(state: HeatmapsState, image: string): Scale | undefined {
  return unionOf(
    state.checkpoints.map(({ epoch }) => {
      const shown = shownCell(state, image, epoch);
      return shown?.result.range(shown.target);
    }),
  );
}
