import type { Augmentation } from '../augmentations';

/** How training images are met in one epoch. */
export interface EpochDraw {
  readonly seed: number;
  readonly epoch: number;
  readonly augmentation: Augmentation;
}
