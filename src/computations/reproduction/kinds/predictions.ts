import { classIndicesFromBytes } from '../../../common/classIndices';
import { pixelHash } from '../../../datasets/imageSource';
import { inferenceBatchSize } from '../../../models/memory/inference';
import { predictionInputsSchema } from '../../../runs';
import { predictAtCheckpoint } from '../../compute';
import { SkippedError } from '../basis';
import { shareOfOthers } from '../compare';
import { goOn, recomputing } from '../recomputing';
import { bytesOf } from '../values';

export const predictions = recomputing(predictionInputsSchema, undefined, async (basis, asked, { about, value }) => {
  const { model, input, signal } = basis;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const dataset = await basis.dataset();
  for (const name of ['test', 'train'] as const) {
    const set = dataset[name];
    if (pixelHash(set) !== asked.images) continue;
    const watch = { signal, progress: () => undefined, yieldTurn: goOn };
    const found = await predictAtCheckpoint(model, checkpoint, set, input, watch);
    return {
      of: `predictions of the ${name} images at epoch ${checkpoint.epoch}`,
      difference: shareOfOthers(classIndicesFromBytes(bytesOf(value), model.classes, set.count), found),
      sameBatches: about.batch?.size === inferenceBatchSize(model),
    };
  }
  throw new SkippedError('its images are no longer those of the data set');
});
