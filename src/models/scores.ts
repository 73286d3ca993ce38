/** What logits are worth, held against labels. Call it in a tidy. */
import * as tf from '@tensorflow/tfjs-core';

/** Mean over the batch of −log softmax(logits)[label]. */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return crossEntropyOf(logits, tf.oneHot(labels, logits.shape[1]));
}

/** Mean over the batch of −Σ target·log softmax(logits). @param targets a distribution of each image, [n, classes] */
export function crossEntropyOf(logits: tf.Tensor2D, targets: tf.Tensor): tf.Scalar {
  return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(tf.logSoftmax(logits), targets), 1)));
}

export function countCorrect(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'int32'));
}
