import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from '../../../../src/engine/wasm/start';
import { expectSame, runOn, values, withGradients } from './reference';

beforeAll(startWasm);

describe('matrix products on the embedded engine', () => {
  const sizes = [
    [1, 1, 1],
    [5, 7, 3],
    [32, 10, 64],
    [33, 41, 300],
    [4, 8, 256],
    [67, 9, 515],
  ] as const;

  it.each(sizes)('[%i × %i], depth %i, all four transposes', async (rows, columns, depth) => {
    for (const [transposeA, transposeB] of [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ] as const) {
      const a = values('a', ...(transposeA ? [depth, rows] : [rows, depth]));
      const b = values('b', ...(transposeB ? [columns, depth] : [depth, columns]));
      await expectSame(
        [a, b],
        withGradients((...[x, y]) => tf.matMul(x as tf.Tensor, y as tf.Tensor, transposeA, transposeB)),
      );
    }
  });

  it('several at once, and one against several', async () => {
    const product = (...[a, b]: tf.Tensor[]) => [tf.matMul(a as tf.Tensor, b as tf.Tensor)];
    await expectSame([values('a', 3, 5, 7), values('b', 3, 7, 4)], product);
    await expectSame([values('a', 1, 5, 7), values('b', 3, 7, 4)], product);
    await expectSame([values('a', 3, 5, 7), values('b', 1, 7, 4)], product);
  });
});

describe('the parts of a flat vector', () => {
  it('split and joined, and their gradients', async () => {
    await expectSame(
      [values('flat', 30)],
      withGradients((...[flat]) => {
        const [a, b, c] = tf.split(flat as tf.Tensor1D, [5, 24, 1]) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
        return tf.concat([tf.square(c), a, tf.mul(b, 2)]);
      }),
    );
  });

  it('split along an axis', async () => {
    await expectSame([values('x', 4, 6)], (...[x]) => tf.split(x as tf.Tensor, 3, 1));
  });

  it('keeps a copy when the original goes', async () => {
    const [copy] = await runOn('wasm', [values('x', 5)], (...[x]) => {
      const result = tf.clone(x as tf.Tensor);
      (x as tf.Tensor).dispose();
      return [result];
    });
    expect(copy?.data).toEqual(values('x', 5).data);
  });
});

describe('reductions, boxes and pooling', () => {
  it.each([[[1, 2]], [[0, 1, 2]], [[0]], [[2, 1]], [[3]], [[0, 3]], [[1, 2, 3]], [[0, 1, 2, 3]]])(
    'sum and mean over axes %j, kept and not',
    async (axes) => {
      const compute = withGradients((...[x]) => tf.add(tf.sum(x as tf.Tensor, axes), tf.mean(x as tf.Tensor, axes)));
      const kept = withGradients((...[x]) => tf.mul(x as tf.Tensor, tf.mean(x as tf.Tensor, axes, true)));
      for (const shape of [
        [2, 3, 5, 7],
        [3, 1, 1, 8],
        [2, 9, 9, 4],
      ]) {
        await expectSame([values('x', ...shape)], compute);
        await expectSame([values('x', ...shape)], kept);
      }
    },
  );

  it('padding and slices of any rank, and their gradients', async () => {
    await expectSame(
      [values('x', 7)],
      withGradients((...[x]) => tf.slice(x as tf.Tensor, [2], [4])),
    );
    await expectSame(
      [values('x', 4, 5)],
      withGradients((...[x]) => tf.slice(x as tf.Tensor, [1, 2], [2, -1])),
    );
    await expectSame(
      [values('x', 2, 4, 5)],
      withGradients((...[x]) =>
        tf.pad(x as tf.Tensor, [
          [0, 1],
          [2, 0],
          [1, 3],
        ]),
      ),
    );
    const padding: [number, number][] = [
      [0, 0],
      [1, 2],
      [3, 1],
      [0, 2],
    ];
    await expectSame(
      [values('x', 2, 3, 4, 5)],
      withGradients((...[x]) => tf.pad(x as tf.Tensor, padding)),
    );
    await expectSame([values('x', 2, 3, 4, 5)], (...[x]) => [tf.pad(x as tf.Tensor, padding, 0.5)]);
    await expectSame(
      [values('x', 2, 3, 4, 5)],
      withGradients((...[x]) => tf.slice(x as tf.Tensor, [1, 0, 2, 1], [1, 2, 2, 3])),
    );
    await expectSame(
      [values('x', 2, 2, 3, 2, 3)],
      withGradients((...[x]) => tf.slice(x as tf.Tensor, [0, 1, 0, 1, 0], [2, 1, 3, 1, 2])),
    );
  });

  it('pooling and its gradients', async () => {
    const average = (size: number, stride: number) =>
      withGradients((...[x]) => tf.avgPool(x as tf.Tensor4D, size, stride, 'valid'));
    for (const [size, stride] of [
      [1, 2],
      [1, 1],
      [2, 2],
      [3, 2],
    ] as const) {
      await expectSame([values('x', 2, 7, 6, 5)], average(size, stride));
      await expectSame(
        [values('x', 2, 7, 9, 5)],
        withGradients((...[x]) => tf.maxPool(x as tf.Tensor4D, size, stride, 'valid')),
      );
      await expectSame(
        [values('x', 2, 7, 9, 5)],
        withGradients((...[x]) => tf.maxPool(x as tf.Tensor4D, size, stride, 'same')),
      );
    }
  });

  it.each([[1], [4], [1027]])('ReLU of %i values and its gradient', async (count) => {
    await expectSame(
      [values('x', count)],
      withGradients((...[x]) => tf.relu(x as tf.Tensor)),
    );
  });

  it('squeeze-excite: channels scaled by factors made of them', async () => {
    await expectSame(
      [values('x', 3, 5, 4, 12), values('w', 1, 1, 12, 12)],
      withGradients((...[x, w]) => {
        const squeezed = tf.mean<tf.Tensor4D>(x as tf.Tensor, [1, 2], true);
        return tf.mul(x as tf.Tensor, tf.sigmoid(tf.conv2d(squeezed, w as tf.Tensor4D, 1, 'same')));
      }),
    );
  });

  it('cross-entropy', async () => {
    await expectSame(
      [values('logits', 9, 10)],
      withGradients((...[logits]) => {
        const target = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 4, 5, 6, 7, 9], 'int32'), 10);
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits as tf.Tensor), target), 1)));
      }),
    );
  });

  it('casts between types, and to the same', async () => {
    await expectSame([values('x', 9)], (...[x]) => {
      const scaled = tf.mul(x as tf.Tensor, 5);
      return [tf.cast(scaled, 'float32'), tf.cast(tf.cast(scaled, 'int32'), 'float32')];
    });
  });
});

describe('the heap', () => {
  it('says so when its 4 GB are used up', async () => {
    await tf.setBackend('wasm');
    expect(() => tf.fill([2 ** 30 - 1], 0)).toThrow(/memory of 4 GB is used up/);
    expect(() => tf.fill([2 ** 31], 0)).toThrow(/memory of 4 GB is used up/);
  });
});
