/** The panel's state: the view from the extension, the person's settings and the engine's results. */
import type { ExplainedImage } from '../../src/protocol/engine';
import type { CheckpointInfo, RunView } from '../../src/protocol/panelView';
import type { OtherRun } from '../../src/protocol/heatmaps';
import {
  explanationNames,
  explanationOf,
  shownExplanation,
  shownExplanations,
  type ShownExplanation,
} from '../common/explanation';
import { keyOf, type Results } from '../common/heat/results';
import { layerOf } from '../common/layer';
import type { CellPlace, Settings } from './settings';

export interface HeatmapsState {
  readonly view: RunView;
  readonly settings: Settings;
  /** By the key of an explanation. */
  readonly results: (key: string) => Results;
  /** Counts changes of the results: a state is of what was there when it was made. */
  readonly version: number;
  /** The keys of the images that are shown, in order. */
  readonly images: readonly string[];
  /** The checkpoints that are shown, in order. */
  readonly checkpoints: readonly CheckpointInfo[];
  /** The methods whose maps are shown, each below the other under every image. */
  readonly explanations: readonly [ShownExplanation, ...ShownExplanation[]];
  /** The methods whose maps are taken from these, as many or one; none where neither methods nor runs are compared. */
  readonly less: readonly ShownExplanation[];
  /** The run that is compared with this one, once it is known. */
  readonly other: OtherRun | undefined;
  /** The layer that is shown, by name. */
  readonly layer: string;
  /** The grid's rows. */
  readonly rows: readonly RowPlace[];
}

/** A row: an image under a method. */
export type RowPlace = Pick<CellPlace, 'image' | 'method'>;

export function createHeatmapsState(
  view: RunView,
  settings: Settings,
  { results, version, other }: Pick<HeatmapsState, 'results' | 'version' | 'other'>,
): HeatmapsState {
  const epochs = settings.epochs ?? view.studyEpochs;
  const hidden = new Set(settings.hidden);
  const layer = layerOf(view, settings.layer);
  const images = [...new Set(view.images.map(keyOf))].filter((key) => !hidden.has(key));
  const own = shownExplanations(view, settings.methods, layer);
  const { compared } = settings;
  const ofOther =
    compared?.with === 'run' && other !== undefined
      ? own.map((each) => explanationOf(other, layerIn(other, layer), each))
      : [];
  const isBeside = compared?.with === 'run' && compared.beside;
  const explanations: HeatmapsState['explanations'] = isBeside ? pairs(own, ofOther) : own;
  return {
    view,
    settings,
    results,
    version,
    images,
    checkpoints: view.checkpoints.filter(({ epoch }) => epochs === null || epochs.includes(epoch)),
    explanations,
    less: compared?.with === 'method' ? [shownExplanation(view, compared.method, layer)] : isBeside ? [] : ofOther,
    other,
    layer,
    rows: images.flatMap((image) => explanations.map((_, method) => ({ image, method }))),
  };
}

/** Each with that of the other run behind it. */
function pairs(own: HeatmapsState['explanations'], others: readonly ShownExplanation[]): HeatmapsState['explanations'] {
  const [first, ...rest] = own.flatMap((each, at) => [each, ...others.slice(at, at + 1)]);
  return [first ?? own[0], ...rest];
}

/** The layer of that name; of a network that has none, its usual one. */
function layerIn({ layers, defaultLayer, sameNetwork }: OtherRun, layer: string): string {
  return sameNetwork || layers.includes(layer) ? layer : defaultLayer;
}

/** By what the heatmaps of a row are, and of which run where those of two stand below each other. */
export function rowName(state: HeatmapsState, place: Pick<CellPlace, 'method'>): string {
  const explanation = explanationAt(state, place);
  const name = explanationNames(explanation);
  const { compared } = state.settings;
  const isOfTwo = compared?.with === 'run' && compared.beside && state.other !== undefined;
  return isOfTwo && explanation.of === undefined ? `${name}, ${state.other.shownName}` : name;
}

/** Whether cells show the difference of two heatmaps. */
export function isDifference({ compared }: Settings): boolean {
  return compared !== null && !(compared.with === 'run' && compared.beside);
}

/** The method whose maps are taken from those of a row; undefined where none is. */
export function lessAt({ less }: HeatmapsState, { method }: Pick<CellPlace, 'method'>): ShownExplanation | undefined {
  return less[method] ?? less[0];
}

export function isNothingShown({ images, checkpoints }: HeatmapsState): boolean {
  return images.length === 0 || checkpoints.length === 0;
}

/** The method of a row; the first where there are fewer by now. */
export function explanationAt(
  { explanations }: HeatmapsState,
  { method }: Pick<CellPlace, 'method'>,
): ShownExplanation {
  return explanations[method] ?? explanations[0];
}

export function resultsAt(state: HeatmapsState, place: Pick<CellPlace, 'method'>): Results {
  return state.results(explanationAt(state, place).key);
}

/** What is known of an image, whichever method's answer said it. */
export function imageAt({ explanations, results }: HeatmapsState, image: string): ExplainedImage | undefined {
  return explanations.map(({ key }) => results(key).image(image)).find((explained) => explained !== undefined);
}

/** Whether the maps of a row have the signed colours. */
export function isSignedAt(state: HeatmapsState, place: Pick<CellPlace, 'method'>): boolean {
  return isDifference(state.settings) || !explanationAt(state, place).method.rectified;
}
