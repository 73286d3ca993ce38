/** Whether a file shows that its weights are those of an untrained network. */
import type { CheckpointWeights } from '../common/checkpointWeights';
import type { StoredNetwork } from '../weights/network';
import { epochIn } from '../weights/facts';

/** Under which names scripts count the steps that they have taken. */
const STEP_COUNTERS = ['global_step', 'num_updates', 'step', 'steps', 'iteration', 'iterations', 'iter', 'n_iter'];

/**
 * Batch norm's running statistics are 0 and 1 until the first batch of a training, and no trained network keeps them so:
 * with them, and no counter of steps or batches that says otherwise, the weights are untrained. With other statistics a count
 * of 0 steps says that a training is about to go on from weights of another, as a fine-tuning does. A count of batches alone
 * says nothing, as converted files have zeros there; nor does the epoch's number, which Lightning and timm count from 0.
 * @returns undefined where the file shows neither
 */
export function weightsIn({
  tensors,
  metadata,
}: Pick<StoredNetwork, 'tensors' | 'metadata'>): CheckpointWeights | undefined {
  const values = (suffix: string): Float32Array[] =>
    [...tensors].flatMap(([name, tensor]) => (name.endsWith(suffix) ? [tensor.data] : []));
  const steps = STEP_COUNTERS.map((name) => countIn(metadata[name])).filter((count) => count !== undefined);
  const means = values('running_mean');
  if (means.length === 0) return undefined;
  const isInitial = means.every(isAll(0)) && values('running_var').every(isAll(1));
  const hasBatches = !values('num_batches_tracked').every(isAll(0));
  if (steps.some((count) => count > 0)) return 'trained';
  if (isInitial && !hasBatches) return 'untrained';
  // Some count steps from 0 in every epoch.
  if (steps.length > 0 && (epochIn(metadata) ?? 0) === 0) return 'beforeTraining';
  return hasBatches ? 'trained' : undefined;
}

function isAll(expected: number): (values: Float32Array) => boolean {
  return (values) => values.every((value) => value === expected);
}

function countIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
