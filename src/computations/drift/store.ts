/** The numbers of attention in the run folder, named by all that they depend on. */
import { createHash } from 'node:crypto';
import { attentionNumbersSchema, type AttentionNumbers } from '../../measures/drift/numbers';
import { loadResult, storeResult } from '../../runs';
import type { HashedImage } from '../heatmaps/keptMaps';
import { aboutNow } from '../madeBy';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { AttentionPlan } from './measure';

export const ATTENTION_KIND = 'attention';
/** Another number whenever the same inputs come to mean other numbers. */
export const ATTENTION_METHOD = 'attention 4';

export interface AttentionStore {
  load(): Promise<AttentionNumbers | undefined>;
  store(numbers: AttentionNumbers): Promise<void>;
}

export function attentionStore(
  { folder, model, targetLayer, input, target, untrained }: AttentionPlan,
  checkpoints: readonly HashedCheckpoint[],
  images: readonly HashedImage[],
): AttentionStore {
  const inputs = {
    method: ATTENTION_METHOD,
    architecture: model.architecture,
    layer: targetLayer.name,
    input,
    target,
    untrained,
    checkpoints: checkpoints.map(({ epoch, hash }) => ({ epoch, hash })),
    images: hashInOrder(images),
  };
  return {
    load: () => loadResult(folder, ATTENTION_KIND, inputs, attentionNumbersSchema),
    store: (numbers) =>
      storeResult(folder, ATTENTION_KIND, inputs, numbers, {
        ...aboutNow(),
        images: images.map(({ image }) => image.name),
      }),
  };
}

/** Of pixels, labels and masks, in their order. */
export function hashInOrder(images: readonly HashedImage[]): string {
  const all = createHash('sha256');
  for (const { hash, image } of images) {
    all.update(`${hash}:${String(image.label)}:`);
    if (image.mask !== undefined) all.update(image.mask);
  }
  return all.digest('hex');
}
