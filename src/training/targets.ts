/** What images are to be classified as in training, as functions of tensors: to be called in a tidy. */
import * as tf from '@tensorflow/tfjs-core';
import { countCorrect } from '../models/scores';

/** The labels of a batch. Of one whose images were mixed with others there are two of each, and the share of the first. */
export interface BatchLabels {
  /** [n], int32. */
  readonly labels: tf.Tensor1D;
  /** [n], int32: of the images that these were mixed with. */
  readonly otherLabels?: tf.Tensor1D;
  /** A scalar in [0, 1]. */
  readonly share?: tf.Scalar;
}

/**
 * The distributions that the logits are held against, [n, classes]: the label's class; of mixed images λ of one and 1 − λ
 * of the other, whose cross-entropy is λ·loss(a) + (1 − λ)·loss(b); smoothed as PyTorch's `CrossEntropyLoss` does it,
 * (1 − ε)·target + ε / classes.
 */
export function targetsOf(batch: BatchLabels, classes: number, labelSmoothing: number): tf.Tensor {
  const { labels, otherLabels, share } = batch;
  const own = tf.oneHot(labels, classes);
  const targets =
    otherLabels === undefined || share === undefined
      ? own
      : tf.add(tf.mul(own, share), tf.mul(tf.oneHot(otherLabels, classes), tf.sub(1, share)));
  if (labelSmoothing === 0) return targets;
  return tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / classes);
}

/**
 * How many were classified rightly, a scalar. A mixed image counts λ where the first label is predicted and 1 − λ where
 * the other is, as the code of Zhang et al. 2018 counts.
 */
export function countRight(logits: tf.Tensor2D, { labels, otherLabels, share }: BatchLabels): tf.Scalar {
  const own = countCorrect(logits, labels);
  if (otherLabels === undefined || share === undefined) return own;
  return tf.add(tf.mul(own, share), tf.mul(countCorrect(logits, otherLabels), tf.sub(1, share)));
}
