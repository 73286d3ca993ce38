import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from '../../../../src/engine/wasm/start';
import { expectSame, runOn, values, withGradients } from './reference';

type Padding = 'same' | 'valid' | number;
/** batch, height, width, in, out, kernel height, kernel width, stride, padding */
type Case = [number, number, number, number, number, number, number, number, Padding];

const CASES: Case[] = [
  [1, 1, 1, 1, 1, 1, 1, 1, 'valid'],
  [2, 5, 7, 3, 5, 1, 1, 1, 'same'],
  [3, 4, 4, 16, 24, 1, 1, 1, 'valid'],
  [2, 7, 5, 6, 9, 1, 1, 2, 'valid'],
  [2, 7, 5, 6, 9, 1, 1, 1, 1],
  [2, 8, 6, 3, 8, 3, 3, 1, 'same'],
  [1, 9, 7, 5, 10, 3, 3, 2, 'same'],
  [2, 9, 8, 5, 10, 3, 3, 2, 'valid'],
  [2, 8, 9, 4, 7, 3, 3, 2, 1],
  [1, 1, 1, 5, 3, 3, 3, 1, 'same'],
  [2, 2, 3, 5, 13, 5, 5, 1, 'same'],
  [2, 11, 10, 3, 6, 5, 5, 2, 2],
  [1, 16, 15, 3, 11, 7, 7, 2, 3],
  [2, 9, 9, 2, 4, 7, 7, 1, 'valid'],
  [2, 6, 9, 3, 4, 3, 5, 1, 'same'],
  [1, 7, 7, 3, 4, 3, 3, 3, 'same'],
  [4, 17, 17, 16, 6, 5, 5, 2, 'same'], // more patches than are gathered at a time
  [6, 16, 16, 8, 12, 3, 3, 1, 'same'], // Winograd's tiles, more than are worked on at a time
  [3, 9, 11, 8, 12, 3, 3, 1, 'valid'],
  [3, 9, 11, 4, 8, 3, 3, 1, 2],
  [2, 7, 10, 12, 4, 3, 3, 1, 1],
  [8, 4, 4, 260, 8, 3, 3, 1, 'same'],
  [2, 3, 3, 300, 70, 3, 3, 1, 'same'], // deeper than several blocks of the product
  [40, 4, 4, 17, 19, 1, 1, 1, 'valid'],
];

beforeAll(startWasm);

describe('convolution on the embedded engine', () => {
  it.each(CASES)('%i×[%i, %i, %i] → %i, kernel %i×%i, stride %i, padding %s', async (...sizes) => {
    const [batch, height, width, channels, filters, kernelHeight, kernelWidth, stride, padding] = sizes;
    const x = values('x', batch, height, width, channels);
    const filter = values('filter', kernelHeight, kernelWidth, channels, filters);
    // The reference has no filter gradient for some explicit paddings: there, pad first.
    await expectSame(
      [x, filter],
      withGradients((...[a, b]) =>
        tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, padding, 'NHWC', 1, rounding(padding)),
      ),
      withGradients((...[a, b]) =>
        tf.conv2d(padded(a as tf.Tensor4D, padding), b as tf.Tensor4D, stride, afterPadding(padding)),
      ),
    );
  });

  it('leaves dilation to TensorFlow.js', async () => {
    await expectSame([values('x', 2, 9, 9, 3), values('filter', 3, 3, 3, 4)], (...[x, filter]) => [
      tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same', 'NHWC', 2),
    ]);
  });

  it('gives the same bits every time', async () => {
    const inputs = [values('x', 3, 9, 9, 16), values('filter', 3, 3, 16, 24)];
    const compute = withGradients((...[x, filter]) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'));
    expect(await runOn('wasm', inputs, compute)).toEqual(await runOn('wasm', inputs, compute));
  });
});

describe('depthwise convolution on the embedded engine', () => {
  const depthwise = CASES.map(
    ([batch, height, width, channels, , ...rest]) => [batch, height, width, channels, ...rest] as const,
  );

  it.each([...depthwise, [2, 5, 5, 40, 5, 5, 1, 'same'] as const, [2, 6, 6, 33, 3, 3, 2, 'same'] as const])(
    '%i×[%i, %i, %i], kernel %i×%i, stride %i, padding %s',
    async (...[batch, height, width, channels, kernelHeight, kernelWidth, stride, padding]) => {
      const x = values('x', batch, height, width, channels);
      const filter = values('filter', kernelHeight, kernelWidth, channels, 1);
      await expectSame(
        [x, filter],
        withGradients((...[a, b]) =>
          tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, padding, 'NHWC', 1, rounding(padding)),
        ),
        withGradients((...[a, b]) =>
          tf.depthwiseConv2d(padded(a as tf.Tensor4D, padding), b as tf.Tensor4D, stride, afterPadding(padding)),
        ),
      );
    },
  );

  it('leaves several filters a channel to TensorFlow.js', async () => {
    await expectSame([values('x', 2, 5, 5, 3), values('filter', 3, 3, 3, 2)], (...[x, filter]) => [
      tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same'),
    ]);
  });
});

function rounding(padding: Padding): 'floor' | undefined {
  return typeof padding === 'number' ? 'floor' : undefined;
}

function padded(x: tf.Tensor4D, padding: Padding): tf.Tensor4D {
  if (typeof padding !== 'number') return x;
  return tf.pad(x, [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ]);
}

function afterPadding(padding: Padding): 'same' | 'valid' {
  return typeof padding === 'number' ? 'valid' : padding;
}
