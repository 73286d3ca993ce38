/** What a thread augments: plain values in and out. */
import { augment, type Augmentation, type AugmentationDraw, type PixelBatch } from '../../augmentations';

export interface AugmentationTask {
  readonly batch: PixelBatch;
  readonly augmentation: Augmentation;
  readonly draw: AugmentationDraw;
  /** Of each channel, of values in [0, 1]. */
  readonly mean: readonly number[];
}

export interface AugmentationResult {
  /** [n, height, width, 3] */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

export function augmentTask({ batch, augmentation, draw, mean }: AugmentationTask): Promise<AugmentationResult> {
  return Promise.resolve({ pixels: augment(batch, augmentation, draw, mean) });
}
