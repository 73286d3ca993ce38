/** What convolutions and pools of feature maps [n, h, w, c] have in common. */
import * as tf from '@tensorflow/tfjs-core';
import type { Padding, Pair } from '../../architectures';
import { alongAxis, subsample } from './axes';

/** Pads with the value where the padding is positive, and cuts off where it is negative. */
export function padMaps(x: tf.Tensor4D, { top, bottom, left, right }: Padding, value = 0): tf.Tensor4D {
  const sides = [top, bottom, left, right];
  let y = x;
  if (sides.some((side) => side < 0)) {
    const [count, height, width, channels] = x.shape;
    const [above, below, before, behind] = sides.map((side) => Math.max(0, -side)) as [number, number, number, number];
    y = tf.slice(y, [0, above, before, 0], [count, height - above - below, width - before - behind, channels]);
  }
  if (sides.every((side) => side <= 0)) return y;
  const [above, below, before, behind] = sides.map((side) => Math.max(0, side)) as [number, number, number, number];
  const paddings: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [above, below],
    [before, behind],
    [0, 0],
  ];
  return tf.pad(y, paddings, value);
}

export function subsampleMaps(x: tf.Tensor4D, [down, across]: Pair): tf.Tensor4D {
  const rows = down === 1 ? x : alongAxis(x, 1, (view) => subsample(view, down));
  return across === 1 ? rows : alongAxis(rows, 2, (view) => subsample(view, across));
}

/**
 * What has a window that skips positions, on maps that it does not skip any of: those of every `dilation`-th position are
 * images of a batch of their own. No engine has the gradient of a dilated convolution.
 *
 * @param window its size
 * @param compute at stride 1 and without padding
 */
export function withDilation(
  x: tf.Tensor4D,
  [down, across]: Pair,
  window: Pair,
  compute: (x: tf.Tensor4D) => tf.Tensor4D,
): tf.Tensor4D {
  if (down * across === 1) return compute(x);
  const [count, height, width, channels] = x.shape;
  const [rows, columns] = [Math.ceil(height / down), Math.ceil(width / across)];
  const whole = padMaps(x, { top: 0, bottom: rows * down - height, left: 0, right: columns * across - width });
  const apart = tf.transpose(tf.reshape(whole, [count, rows, down, columns, across, channels]), [2, 4, 0, 1, 3, 5]);
  const y = compute(tf.reshape(apart, [down * across * count, rows, columns, channels]));
  const [, outRows, outColumns, outChannels] = y.shape;
  const parts = tf.reshape(y, [down, across, count, outRows, outColumns, outChannels]);
  const joined = tf.reshape<tf.Rank.R4>(tf.transpose(parts, [2, 3, 0, 4, 1, 5]), [
    count,
    outRows * down,
    outColumns * across,
    outChannels,
  ]);
  const size = [height - down * (window[0] - 1), width - across * (window[1] - 1)] as const;
  return tf.slice(joined, [0, 0, 0, 0], [count, ...size, outChannels]);
}
