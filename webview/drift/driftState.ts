/** What is measured, as the person has chosen it. */
import type { Params } from '../../src/protocol/contract';
import type { Attention, EngineContract, ImageReference } from '../../src/protocol/engine';
import type { RunView } from '../../src/protocol/panelView';
import { requestOf, shownExplanation, type Explanation, type ShownExplanation } from '../common/explanation';
import { layerOf } from '../common/layer';
import type { Choice } from './savedState';

export type DriftParams = Params<EngineContract, 'attention'> & Explanation;

/** An answer, and what it is the answer to. */
export interface Measured {
  readonly attention: Attention;
  readonly params: DriftParams;
}

/** How many test images a run's data set has; undefined while that is not known. */
export interface TestCount {
  readonly run: string;
  readonly count: number | undefined;
}

/** What is to be measured; undefined where nothing can be, or it is not known of how many images. */
export function wantedOf(view: RunView, choice: Choice, testCount: number | undefined): DriftParams | undefined {
  const images = imagesOf(view, choice, testCount);
  const epochs = keptEpochs(view);
  if (images.length === 0 || epochs.length < 2) return undefined;
  return {
    run: view.run,
    epochs,
    images,
    ...requestOf(explanationOf(view, choice)),
    target: choice.target,
  };
}

/** How the heatmaps are made. */
export function explanationOf(view: RunView, { method, layer }: Choice): ShownExplanation {
  return shownExplanation(view, method, layerOf(view, layer));
}

export function imagesOf(view: RunView, { images }: Choice, testCount: number | undefined): ImageReference[] {
  if (images === 'study') return view.images;
  return Array.from({ length: Math.min(images, testCount ?? 0) }, (_, index) => ({ kind: 'set', set: 'test', index }));
}

/** Test accuracy by epoch, in per cent; null where it was not measured. */
export type Accuracies = ReadonlyMap<number, number | null>;

export function accuraciesOf({ checkpoints }: RunView): Accuracies {
  return new Map(checkpoints.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
}

/** Of all checkpoints of the run. */
export function keptEpochs({ checkpoints }: RunView): number[] {
  return checkpoints.map(({ epoch }) => epoch);
}
