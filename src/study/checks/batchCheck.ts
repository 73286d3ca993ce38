/** Whether batch norm has more than one value to normalise wherever it stands. */
import type { Declaration, TargetLayer } from '../../architectures';
import { declarationIfReadable } from '../network';
import type { Contradiction } from '../contradiction';
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
  declared: LayersAndTensors,
  count: number,
  { batchSize, microBatchSize = batchSize }: BatchSizes,
): Contradiction | undefined {
  const batch = Math.min(count, batchSize);
  const smallest = Math.floor(batch / Math.ceil(batch / microBatchSize));
  const point = pointOf(declared);
  if (point === undefined || smallest > 1) return undefined;
  const field = batch > 1 ? 'microBatchSize' : 'batchSize';
  return {
    path: batch === 1 && batchSize > 1 ? ['dataset', 'trainLimit'] : ['training', field],
    summary: 'batch norm has no variance of one value',
    found: `${batch === 1 ? 'batches' : 'parts'} of one image, and at ${point.name} one position of it`,
    expected: 'two images at least, or a larger model.inputSize',
  };
}

type LayersAndTensors = Pick<Declaration, 'targetLayers' | 'tensors'>;

/** The first feature map that is a single position, of a network with batch norms. */
export function pointOf({ targetLayers, tensors }: LayersAndTensors): TargetLayer | undefined {
  if (!tensors.some(({ role }) => role === 'runningMean')) return undefined;
  return targetLayers.find(({ height, width }) => height * width === 1);
}

export const batchCheck: Check = {
  reads: [['dataset'], ['model'], ['training']],
  async remarks({ study, folder, used }) {
    const { dataset, training } = study;
    const declared = await declarationIfReadable(study, folder);
    const problem = declared && batchProblem(declared, trainedImages({ dataset, used }) ?? Infinity, training);
    return problem === undefined ? [] : [{ code: 'batchOfOne', severity: 'error', ...problem }];
  },
};
