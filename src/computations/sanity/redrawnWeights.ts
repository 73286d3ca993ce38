/** Re-drawn weights in the engine, with running statistics that fit them. */
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import { readRange, type ImageSource } from '../../datasets';
import { batchStatistics, disposeWeights, loadWeights, type TensorWeights } from '../../models/forward';
import { toInput, type InputSettings } from '../../models/input';
import type { Model } from '../../models/model';
import type { Weights } from '../../models/weights';
import { firstChanged, redraw, type RedrawKey } from './redraw';

/** Images a batch; the last ones are shared out, so that no batch is of a handful. */
const BATCH = 64;

/**
 * After parameters are drawn anew, the running statistics of batch norm are those of other activations, which would die or
 * explode. From the first re-drawn layer on they are computed anew: by forward passes in training mode over training
 * images, their mean over the batches, as PyTorch's `update_bn` does. The caller disposes them.
 * @throws CancelledError between batches
 */
export async function redrawnWeights(
  model: Model,
  trained: Weights,
  groups: readonly string[],
  key: RedrawKey,
  {
    training,
    input,
    signal,
  }: { readonly training: ImageSource | undefined; readonly input: InputSettings; readonly signal: AbortSignal },
): Promise<TensorWeights> {
  const redrawn = redraw(model, trained, groups, key);
  const first = firstChanged(model, groups);
  if (first === model.statistics.length) return loadWeights(redrawn);
  if (training === undefined) throw new Error('no training images to compute running statistics over');
  const before = loadWeights(redrawn);
  try {
    const statistics = await meanStatistics(model, before, first, training, input, signal);
    return loadWeights({ ...redrawn, ...replaced(model, redrawn, first, statistics) });
  } finally {
    disposeWeights(before);
  }
}

type Statistics = Pick<Weights, 'means' | 'variances'>;

async function meanStatistics(
  model: Model,
  weights: TensorWeights,
  first: number,
  set: ImageSource,
  input: InputSettings,
  signal: AbortSignal,
): Promise<Statistics> {
  const batches = Math.max(1, Math.floor(set.count / BATCH));
  const sums: Float64Array[] = [];
  for (let batch = 0; batch < batches; batch++) {
    if (signal.aborted) throw new CancelledError();
    const start = Math.round((batch * set.count) / batches);
    const length = Math.round(((batch + 1) * set.count) / batches) - start;
    const { pixels } = await readRange(set, start, length, signal);
    const images = toInput(pixels, length, set.height, set.width, input);
    const { means, variances } = batchStatistics(model, weights, images, first);
    [means, variances].forEach((tensor, kind) => {
      const values = tensor.dataSync();
      const sum = (sums[kind] ??= new Float64Array(values.length));
      values.forEach((value, at) => (sum[at] = (sum[at] as number) + value / batches));
      tensor.dispose();
    });
    images.dispose();
    await yieldToEvents();
  }
  const [means, variances] = sums.map((sum) => Float32Array.from(sum)) as [Float32Array, Float32Array];
  return { means, variances };
}

/** Those from a layer on replaced. */
function replaced(model: Model, { means, variances }: Statistics, first: number, from: Statistics): Statistics {
  const offset = model.statistics.slice(0, first).reduce((sum, { length }) => sum + length, 0);
  const after = (before: Float32Array, values: Float32Array): Float32Array => {
    const result = before.slice();
    result.set(values, offset);
    return result;
  };
  return { means: after(means, from.means), variances: after(variances, from.variances) };
}
