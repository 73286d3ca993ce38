/** The page's state: the run, the person's choices, and the measurement. */
import type { Attention } from '../../src/protocol/engine';
import type { ImageReference } from '../../src/protocol/engine';
import type { RunView } from '../../src/protocol/panelView';
import type { DriftParams } from './driftRequest';
import type { Choice } from './savedState';

export interface DriftState {
  readonly view: RunView;
  readonly choice: Choice;
  readonly layer: string;
  /** Undefined before the first answer. */
  readonly measured: { readonly attention: Attention; readonly params: DriftParams } | undefined;
}

export function layerOf(view: RunView, { layer }: Choice): string {
  return view.layers.some(({ name }) => name === layer) ? (layer ?? '') : view.studyLayer;
}

/**
 * The images to measure.
 * @param testCount undefined while the number of test images is unknown
 */
export function imagesOf(view: RunView, { images }: Choice, testCount: number | undefined): ImageReference[] {
  if (images === 'study') return view.images;
  return Array.from({ length: Math.min(images, testCount ?? 0) }, (_, index) => ({ kind: 'set', set: 'test', index }));
}

export function accuraciesOf({ checkpoints }: RunView): ReadonlyMap<number, number | null> {
  return new Map(checkpoints.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
}

/** For all checkpoints of the run. */
export function keptEpochs({ checkpoints }: RunView): number[] {
  return checkpoints.map(({ epoch }) => epoch);
}
