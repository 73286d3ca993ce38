/** Maps of several layers as one. */
import * as tf from '@tensorflow/tfjs-core';
import type { ExplainedLayer, FusionRule } from '../../architectures';

/**
 * Each layer's map after ReLU by its largest value, so that a map without heat stays nought, enlarged to the size,
 * bilinear with half-pixel centres; then their mean or their maximum. Call it in a tidy.
 * @param maps of each layer, [n, its height, its width]
 * @returns [n, height, width]
 */
export function fuseMaps(
  rule: FusionRule,
  maps: readonly tf.Tensor3D[],
  { height, width }: Pick<ExplainedLayer, 'height' | 'width'>,
): tf.Tensor3D {
  const scaled = maps.map((map) => enlarged(byLargest(map), height, width));
  const fused = scaled.reduce((a, b) => (rule === 'mean' ? tf.add(a, b) : tf.maximum(a, b)));
  return tf.reshape<tf.Rank.R3>(rule === 'mean' ? tf.div(fused, maps.length) : fused, [-1, height, width]);
}

/** @returns [n, height, width, 1], 0 … 1 */
function byLargest(map: tf.Tensor3D): tf.Tensor4D {
  const [, height, width] = map.shape;
  const heat = tf.relu(tf.reshape<tf.Rank.R4>(map, [-1, height, width, 1]));
  const largest = tf.max(heat, [1, 2], true);
  return tf.div(heat, tf.add(largest, tf.cast(tf.lessEqual(largest, 0), 'float32')));
}

function enlarged(map: tf.Tensor4D, height: number, width: number): tf.Tensor4D {
  const isSame = map.shape[1] === height && map.shape[2] === width;
  return isSame ? map : tf.image.resizeBilinear(map, [height, width], false, true);
}
