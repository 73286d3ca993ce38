/**
 * Adversarial training is watched: after each epoch a few images that are not trained on are attacked by PGD. Training by one
 * step can fail all at once, from one epoch to the next: it then withstands its own attack, and no other (catastrophic
 * overfitting, Wong et al. 2020).
 */
import * as tf from '@tensorflow/tfjs-core';
import { CancelledError, WorkError } from '../common/errors';
import { yieldToEvents } from '../common/yieldToEvents';
import { batchesInOrder, readImages, type ImageSource } from '../datasets';
import { attackImages } from '../models/attack';
import type { TensorWeights } from '../models/forward';
import { predict } from '../models/forward';
import { unitToInput } from '../models/input';
import type { Model } from '../models/model';
import { inferencePixelGradient } from '../models/pixelGradient';
import { countCorrect } from '../models/scores';
import type { EpochMetrics } from '../runs';
import { stepsOf } from '../study';
import type { TrainingAttack } from './recipe';

/** How many images are attacked: the first ones, as many as the batch of Wong et al. */
const MOST_IMAGES = 128;
const AT_ONCE = 32;
/** In points of accuracy: Wong et al. stop where accuracy under PGD falls by more from one epoch to the next. */
const MOST_FALLEN = 20;

export interface AttackedAccuracy {
  /** Per cent. */
  readonly attackedAccuracy: number;
  readonly attackedImages: number;
}

/**
 * Accuracy under PGD within the training's epsilon, as a test by PGD goes where nothing else is said, from the images
 * themselves and in inference mode.
 * @throws CancelledError
 */
export async function attackedAccuracy(
  model: Model,
  weights: TensorWeights,
  set: ImageSource,
  { norm, epsilon, input }: TrainingAttack,
  signal: AbortSignal | undefined,
): Promise<AttackedAccuracy> {
  const of = Math.min(set.count, MOST_IMAGES);
  const attack = { norm, epsilon, ...stepsOf({ kind: 'pgd', epsilon }) };
  let correct = 0;
  for (const indices of batchesInOrder(of, AT_ONCE)) {
    if (signal?.aborted === true) throw new CancelledError();
    const { pixels, labels } = await readImages(set, indices, signal);
    correct += tf
      .tidy(() => {
        const shape: [number, number, number, number] = [labels.length, set.height, set.width, 3];
        const images = tf.div<tf.Tensor4D>(tf.tensor4d(Float32Array.from(pixels), shape), 255);
        const truth = tf.tensor1d(Int32Array.from(labels), 'int32');
        const attacked = attackImages(images, inferencePixelGradient(model, weights, input, truth), attack);
        return countCorrect(predict(model, weights, unitToInput(attacked, input)), truth);
      })
      .dataSync()[0] as number;
    await yieldToEvents();
  }
  return { attackedAccuracy: (100 * correct) / of, attackedImages: of };
}

type Watched = Pick<EpochMetrics, 'epoch' | 'attackedAccuracy'>;

/**
 * To be called after each epoch of a training by one step. The rule is that of Wong et al., held against the best epoch so far,
 * so that a fall over two epochs counts, too.
 * @param epochs all so far, in order
 * @throws WorkError where accuracy under PGD has fallen by more than 20 points
 */
export function refuseOverfitted(epochs: readonly Watched[]): void {
  const measured = epochs.filter(({ epoch }) => epoch > 0);
  const last = measured.at(-1);
  if (last?.attackedAccuracy === undefined) return;
  const best = measured.reduce((a, b) => ((b.attackedAccuracy ?? 0) > (a.attackedAccuracy ?? 0) ? b : a));
  const [highest, now] = [best.attackedAccuracy ?? 0, last.attackedAccuracy];
  if (highest - now <= MOST_FALLEN) return;
  throw new WorkError('adversarial training in one step has failed all at once (catastrophic overfitting)', {
    place: `epoch ${last.epoch}`,
    found: `${now.toFixed(1)} % right under PGD, after ${highest.toFixed(1)} % at epoch ${best.epoch}`,
    expected: `no fall by more than ${MOST_FALLEN} points`,
    advice:
      `The checkpoints are kept; that of epoch ${best.epoch} is from before. Train anew by "pgd" in training.adversarial, with a random ` +
      'start, with a smaller stepSize or epsilon, or for fewer epochs.',
  });
}
