/** Operations that engines have not themselves, held against what they mean, written out. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { uniform } from '../../../src/common/random';
import { adaptiveAveragePool, averagePool, convolveGroups, gelu, layerNorm } from '../../../src/engine/operations';
import { relativeError } from '../../referenceNumbers';

function drawn(name: string, count: number): Float32Array {
  return Float32Array.from(uniform(name, count), (draw) => 2 * draw - 1);
}

/** Image, rows, columns and channels. */
type Shape = [number, number, number, number];

interface Case {
  readonly groups: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: number;
}

/** y = Σ x·f, and of Σ w·y the gradients by x and by f: a 3×3 convolution in groups, padded by one. */
function groupsWrittenOut(x: Float32Array, f: Float32Array, w: Float32Array, [n, h, wd]: Shape, c: Case) {
  const { groups, inputs, outputs, stride } = c;
  const [each, own] = [inputs / groups, outputs / groups];
  const [oh, ow] = [Math.floor((h - 1) / stride) + 1, Math.floor((wd - 1) / stride) + 1];
  const y = new Float32Array(n * oh * ow * outputs);
  const [dx, df] = [new Float32Array(x.length), new Float32Array(f.length)];
  for (let at = 0; at < y.length * 9 * each; at++) {
    const [i, tap, place] = [at % each, Math.floor(at / each) % 9, Math.floor(at / each / 9)];
    const [o, column, row] = [place % outputs, Math.floor(place / outputs) % ow, Math.floor(place / outputs / ow) % oh];
    const image = Math.floor(place / outputs / ow / oh);
    const [r, s] = [row * stride + Math.floor(tap / 3) - 1, column * stride + (tap % 3) - 1];
    if (r < 0 || s < 0 || r >= h || s >= wd) continue;
    const from = ((image * h + r) * wd + s) * inputs + Math.floor(o / own) * each + i;
    const by = (tap * each + i) * outputs + o;
    y[place] = (y[place] ?? 0) + (x[from] ?? 0) * (f[by] ?? 0);
    dx[from] = (dx[from] ?? 0) + (w[place] ?? 0) * (f[by] ?? 0);
    df[by] = (df[by] ?? 0) + (w[place] ?? 0) * (x[from] ?? 0);
  }
  return { y, dx, df };
}

export function describeOperations(start: () => Promise<unknown>): void {
  beforeAll(async () => {
    await start();
  });

  describe('convolution in groups', () => {
    it.each<Case>([
      // Narrow groups, several of which are convolved at once; those that no number but one divides; and wide ones.
      { groups: 16, inputs: 64, outputs: 64, stride: 1 },
      { groups: 7, inputs: 21, outputs: 14, stride: 2 },
      { groups: 2, inputs: 80, outputs: 6, stride: 2 },
    ])('%o', (each) => {
      const shape: Shape = [2, 5, 6, each.inputs];
      const x = drawn('x', 2 * 5 * 6 * each.inputs);
      const filterShape: Shape = [3, 3, each.inputs / each.groups, each.outputs];
      const f = drawn(
        'f',
        filterShape.reduce((a, b) => a * b, 1),
      );
      tf.tidy(() => {
        const run = (a: tf.Tensor, b: tf.Tensor) =>
          convolveGroups(a as tf.Tensor4D, b as tf.Tensor4D, each.groups, each.stride);
        const [a, b] = [tf.tensor4d(x, shape), tf.tensor4d(f, filterShape)];
        const y = run(a, b);
        const w = drawn('w', y.size);
        const expected = groupsWrittenOut(x, f, w, shape, each);
        const [dx, df] = tf.grads(run)([a, b], tf.tensor(w, y.shape)) as [tf.Tensor, tf.Tensor];
        expect(relativeError(y.dataSync(), expected.y)).toBeLessThan(1e-5);
        expect(relativeError(dx.dataSync(), expected.dx)).toBeLessThan(1e-5);
        expect(relativeError(df.dataSync(), expected.df)).toBeLessThan(1e-5);
      });
    });
  });

  it('pools to windows that overlap, as PyTorch does', () => {
    tf.tidy(() => {
      // 0 … 4 in a row, to three: the means of 0–1, 1–3 and 3–4; and as many rows, all alike.
      const x = tf.tile<tf.Tensor4D>(tf.reshape(tf.range(0, 5), [1, 1, 5, 1]), [1, 5, 1, 1]);
      expect([...adaptiveAveragePool(x, 3).dataSync().slice(0, 3)].map((value) => Number(value.toFixed(5)))).toEqual([
        0.5, 2, 3.5,
      ]);
      const [dx] = tf.grads((a) => averagePool(a as tf.Tensor4D, 2, 2))([x]) as [tf.Tensor];
      const rows = Array.from({ length: 25 }, (_, at) => (at % 5 < 4 && at < 20 ? 0.25 : 0));
      expect([...dx.dataSync()]).toEqual(rows);
    });
  });

  it('normalises over channels, and has the exact GELU', () => {
    tf.tidy(() => {
      const normalised = layerNorm(tf.tensor2d([[1, 2, 3, 6]]), tf.ones([4]), tf.zeros([4]), 1e-6).dataSync();
      const deviation = Math.sqrt(3.5 + 1e-6);
      expect(relativeError(normalised, [-2 / deviation, -1 / deviation, 0, 3 / deviation])).toBeLessThan(1e-6);
      // x · Φ(x), of which the slope at zero is a half.
      expect(
        relativeError(gelu(tf.tensor1d([-1, 0, 1, 3])).dataSync(), [-0.158655, 0, 0.841345, 2.99595]),
      ).toBeLessThan(1e-5);
      expect(
        tf
          .grad((x) => gelu(x))(tf.tensor1d([0]))
          .dataSync()[0],
      ).toBeCloseTo(0.5, 5);
    });
  });
}
