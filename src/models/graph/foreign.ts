/** A network that onnxruntime runs, as one operation. */
import * as tf from '@tensorflow/tfjs-core';
import { classify } from '../../onnxruntime/classify';
import type { Compute } from './operation';

/** The smallest normal number: a probability of zero has a logarithm too. */
const SMALLEST = 2 ** -126;

/** Values are read on the way, so that it cannot be recorded, and has no gradient. */
export const foreign: Compute<'foreign'> = ({ file, isChannelsLast, batch, areProbabilities }, [images]) => {
  const x = images as tf.Tensor4D;
  const inOrder = isChannelsLast ? x : tf.transpose(x, [0, 3, 1, 2]);
  const data = inOrder.dataSync() as Float32Array;
  const { values, classes } = classify(file, { data, shape: inOrder.shape }, batch);
  const logits = areProbabilities ? values.map((value) => Math.log(Math.max(value, SMALLEST))) : values;
  return tf.tensor2d(logits, [x.shape[0], classes], 'float32');
};
