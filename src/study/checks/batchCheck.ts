/** Whether batch norm has more than one value to normalise wherever it stands. */
import { declareArchitecture, type TargetLayer } from '../../architectures';
import { declaredClasses } from '../../datasets';
import type { Contradiction } from '../resolve';
import { trainedImages, type Check } from './check';

export interface BatchSizes {
  readonly batchSize: number;
  readonly microBatchSize?: number | undefined;
}

/**
 * A batch of one image, or a part of one image, has no variance where a feature map is a single position: PyTorch
 * refuses it, too.
 * @param count of training images
 */
export function batchProblem(
  targetLayers: readonly TargetLayer[],
  count: number,
  { batchSize, microBatchSize = batchSize }: BatchSizes,
): Contradiction | undefined {
  const batch = Math.min(count, batchSize);
  const smallest = Math.floor(batch / Math.ceil(batch / microBatchSize));
  const point = pointOf(targetLayers);
  if (point === undefined || smallest > 1) return undefined;
  const field = batch > 1 ? 'microBatchSize' : 'batchSize';
  return {
    path: batch === 1 && batchSize > 1 ? ['dataset', 'trainLimit'] : ['training', field],
    summary: 'batch norm has no variance of one value',
    found: `${batch === 1 ? 'batches' : 'parts'} of one image, and at ${point.name} one position of it`,
    expected: 'two images at least, or a larger model.inputSize',
  };
}

/** The first feature map that is a single position. */
export function pointOf(targetLayers: readonly TargetLayer[]): TargetLayer | undefined {
  return targetLayers.find(({ height, width }) => height * width === 1);
}

export const batchCheck: Check = {
  reads: [['dataset'], ['model'], ['training']],
  remarks({ study: { model, dataset, training }, used }) {
    const { targetLayers } = declareArchitecture(model.architecture, model.inputSize, declaredClasses(dataset));
    const problem = batchProblem(targetLayers, trainedImages({ dataset, used }) ?? Infinity, training);
    return problem === undefined ? [] : [{ code: 'batchOfOne', severity: 'error', ...problem }];
  },
};
