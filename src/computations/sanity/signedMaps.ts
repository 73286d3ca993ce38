/** Maps before ReLU, of one class an image. */
import { CancelledError } from '../../common/errors';
import { yieldToEvents } from '../../common/yieldToEvents';
import { requireFinite } from '../../models/finite';
import type { TensorWeights } from '../../models/forward';
import { inferenceBatchSize } from '../../models/memory/inference';
import { mapsAtOnce } from '../heatmaps/batches';
import { batchesOfOneSize, takenImages, type ImageToExplain } from '../heatmaps/explain';
import type { MapsOf } from '../heatmaps/mapsOf';
import { explainOneClass } from '../heatmaps/oneClass';
import type { YieldTurn } from '../scheduler';

export interface Steps {
  readonly signal: AbortSignal;
  readonly yieldTurn: YieldTurn;
  /** Told of how many more images are done. */
  readonly advance: (images: number) => void;
}

/** Of each image, in order. */
export interface SignedMaps {
  /** The two classes of the largest logits; of a network with one class, that twice. */
  readonly topTwo: readonly (readonly [predicted: number, runnerUp: number])[];
  /** [height · width] each */
  readonly maps: readonly Float32Array[];
}

/**
 * @param targets the class of each image; the predicted one where it is undefined
 * @throws CancelledError between batches, WorkError where what the network gives are not finite numbers
 */
export async function signedMaps(
  { input, ...explained }: MapsOf,
  weights: TensorWeights,
  images: readonly ImageToExplain[],
  targets: readonly (number | undefined)[],
  { signal, yieldTurn, advance }: Steps,
): Promise<SignedMaps> {
  const { model, method, targetLayer } = explained;
  const area = targetLayer.height * targetLayer.width;
  const topTwo: (readonly [number, number])[] = [];
  const maps: Float32Array[] = [];
  const most = Math.min(64, inferenceBatchSize(model));
  const batchSize = method.method.resolution === 'layer' ? most : mapsAtOnce(explained, most);
  for (const batch of batchesOfOneSize(images, batchSize)) {
    if (signal.aborted) throw new CancelledError();
    const taken = takenImages(batch, input);
    const classes = targets.slice(maps.length, maps.length + batch.length);
    const asked = { ...explained, signed: true };
    const found = await explainOneClass(asked, weights, taken, input, classes, signal).finally(() => taken.dispose());
    batch.forEach(({ name }, at) => {
      const logits = found.logits.subarray(at * model.classes, (at + 1) * model.classes);
      const map = found.maps.slice(at * area, (at + 1) * area);
      requireFinite(name, logits, map);
      topTwo.push(topTwoOf(logits));
      maps.push(map);
    });
    advance(batch.length);
    await yieldTurn();
    await yieldToEvents();
  }
  return { topTwo, maps };
}

function topTwoOf(logits: Float32Array): readonly [number, number] {
  const order = [...logits.keys()].sort((a, b) => (logits[b] as number) - (logits[a] as number) || a - b);
  const [predicted = 0, runnerUp = predicted] = order;
  return [predicted, runnerUp];
}
