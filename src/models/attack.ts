/**
 * Attacks by the gradient of the loss, as functions of tensors: what a test and an adversarial training share. Pixels are
 * in 0 … 1, before normalisation. Steps and projections are those of Madry et al. 2018, of one step Goodfellow et al. 2015.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Distances are of pixels in 0 … 1. */
export interface AttackSteps {
  readonly norm: 'linf' | 'l2';
  readonly epsilon: number;
  readonly stepSize: number;
  readonly steps: number;
}

/** The gradient of the summed cross-entropy of the labels, by pixels in 0 … 1: [n, height, width, 3] of the same. */
export type PixelGradient = (pixels: tf.Tensor4D) => tf.Tensor4D;

type Distance = Pick<AttackSteps, 'norm' | 'epsilon'>;

/**
 * The attacked images, [n, height, width, 3]: within epsilon of the images, and within 0 … 1. Call it in a tidy.
 * @param images in 0 … 1
 * @param start where the steps begin: the images themselves, or what {@link startedAt} makes of draws
 */
export function attackImages(
  images: tf.Tensor4D,
  gradientAt: PixelGradient,
  attack: AttackSteps,
  start: tf.Tensor4D = images,
): tf.Tensor4D {
  let attacked = start;
  for (let step = 0; step < attack.steps; step++) {
    const next = tf.tidy(() => attackStep(attacked, gradientAt(attacked), images, attack));
    if (attacked !== start) attacked.dispose();
    attacked = next;
  }
  return attacked;
}

/** One step along the gradient, brought back to the ball around the images and to 0 … 1. Call it in a tidy. */
export function attackStep(
  attacked: tf.Tensor4D,
  gradient: tf.Tensor4D,
  images: tf.Tensor4D,
  { norm, epsilon, stepSize }: AttackSteps,
): tf.Tensor4D {
  const direction = norm === 'linf' ? signs(gradient) : ofUnitLength(gradient);
  return project(tf.add<tf.Tensor4D>(attacked, tf.mul(direction, stepSize)), images, { norm, epsilon });
}

/**
 * Where an attack with a random start begins, of 0 … 1. Call it in a tidy.
 * @param offsets points of the unit ball of the norm, of the images' shape: see `startOffsets`
 */
export function startedAt(images: tf.Tensor4D, offsets: tf.Tensor4D, { epsilon }: Distance): tf.Tensor4D {
  return tf.clipByValue(tf.add<tf.Tensor4D>(images, tf.mul(offsets, epsilon)), 0, 1);
}

function project(attacked: tf.Tensor4D, images: tf.Tensor4D, { norm, epsilon }: Distance): tf.Tensor4D {
  const inBall =
    norm === 'linf'
      ? tf.minimum<tf.Tensor4D>(tf.maximum(attacked, tf.sub(images, epsilon)), tf.add(images, epsilon))
      : tf.add<tf.Tensor4D>(images, shortened(tf.sub(attacked, images), epsilon));
  return tf.clipByValue<tf.Tensor4D>(inBall, 0, 1);
}

/** −1, 0 or 1. */
function signs(x: tf.Tensor4D): tf.Tensor4D {
  return tf.sub<tf.Tensor4D>(tf.cast(tf.greater(x, 0), 'float32'), tf.cast(tf.less(x, 0), 'float32'));
}

/**
 * Each image's, divided by its length; nought where it is nought. Divided by its largest value first: the squares of a
 * gradient of 1e-20, which a sure network has, are nought in float32.
 */
function ofUnitLength(gradient: tf.Tensor4D): tf.Tensor4D {
  const scaled = tf.div<tf.Tensor4D>(gradient, tf.maximum(tf.max(tf.abs(gradient), [1, 2, 3], true), SMALLEST));
  return tf.div<tf.Tensor4D>(scaled, tf.maximum(lengths(scaled), SMALLEST));
}

/** Each image's change, as it is where it is no longer than `most`, else of that length. */
function shortened(change: tf.Tensor4D, most: number): tf.Tensor4D {
  return tf.mul(change, tf.minimum(1, tf.div(most, tf.maximum(lengths(change), SMALLEST))));
}

/** What is divided by where a length is nought: well within float32, so that nought stays nought. */
const SMALLEST = 1e-30;

/** [n, 1, 1, 1] */
function lengths(x: tf.Tensor4D): tf.Tensor {
  return tf.sqrt(tf.sum(tf.square(x), [1, 2, 3], true));
}
