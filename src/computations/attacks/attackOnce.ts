/** One restart of an attack, on some images of a batch. */
import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../../common/random';
import { tidily } from '../../engine/tidily';
import { attackStep, startedAt } from '../../models/attack';
import { startOffsets } from '../../models/attackDraws';
import { predict, type TensorWeights } from '../../models/forward';
import { toInput, unitToInput, type InputSettings } from '../../models/input';
import type { Model } from '../../models/model';
import { inferencePixelGradient } from '../../models/pixelGradient';
import type { AttackSettings } from './schema';

export interface Network {
  readonly model: Model;
  readonly weights: TensorWeights;
  readonly input: InputSettings;
}

interface Pixels {
  readonly height: number;
  readonly width: number;
  /** RGB, 0 … 255, [n, height, width, 3]. */
  readonly pixels: Uint8Array;
}

export interface Batch extends Pixels {
  /** Which image of the set is the first. */
  readonly start: number;
  /** Those that are attacked, and their labels. */
  readonly places: readonly number[];
  readonly labels: readonly number[];
}

export interface AttackedOnce {
  /** [places, classes] */
  readonly logits: Float32Array;
  /** Of each image its largest change. */
  readonly moved: Float32Array;
}

/** Of a whole batch as it is, [n, classes]. */
export function logitsOf({ model, weights, input }: Network, batch: Pixels, count: number): Float32Array {
  return tidily(() => {
    const images = toInput(batch.pixels, count, batch.height, batch.width, input);
    return predict(model, weights, images).dataSync() as Float32Array;
  });
}

/** @param pause between two steps: it may throw */
export async function attackOnce(
  { model, weights, input }: Network,
  { pixels, height, width, start, places, labels }: Batch,
  attack: AttackSettings,
  restart: number,
  pause: () => Promise<void>,
): Promise<AttackedOnce> {
  const size = height * width * 3;
  const shape: [number, number, number, number] = [places.length, height, width, 3];
  const units = new Float32Array(places.length * size);
  places.forEach((place, at) => {
    for (let i = 0; i < size; i++) units[at * size + i] = (pixels[place * size + i] as number) / 255;
  });
  const images = tf.tensor4d(units, shape);
  const ofLabels = tf.tensor1d([...labels], 'int32');
  let attacked = images;
  const become = (next: tf.Tensor4D): void => {
    if (attacked !== images) attacked.dispose();
    attacked = next;
  };
  try {
    if (attack.randomStart) {
      const offsets = new Float32Array(units.length);
      places.forEach((place, at) => {
        const random = createRandom('attack', attack.seed, start + place, restart);
        offsets.set(startOffsets(attack.norm, random, size), at * size);
      });
      become(tf.tidy(() => startedAt(images, tf.tensor4d(offsets, shape), attack)));
    }
    const gradientAt = inferencePixelGradient(model, weights, input, ofLabels);
    for (let step = 0; step < attack.steps; step++) {
      become(tf.tidy(() => attackStep(attacked, gradientAt(attacked), images, attack)));
      await pause();
    }
    return {
      logits: tidily(() => predict(model, weights, unitToInput(attacked, input)).dataSync() as Float32Array),
      moved: tidily(() => tf.max(tf.abs(tf.sub(attacked, images)), [1, 2, 3]).dataSync() as Float32Array),
    };
  } finally {
    if (attacked !== images) attacked.dispose();
    tf.dispose([images, ofLabels]);
  }
}
