import { createRandom } from '../common/random';
import type { Size } from '../imaging/placement';
import { SMOOTH_GRAD } from './descriptions/smoothGrad';
import { inputMethod, type InputMethod } from './method';

/** @returns draws from the standard normal distribution for one sample, [height · width · 3] */
export type DrawNoise = (sample: number, size: Size, seed: number) => ArrayLike<number>;

/**
 * SmoothGrad: map = Σ over channels of |mean over samples of ∂y_c/∂x at x + noise|. The noise is added to pixels in
 * [0, 1], and not clipped.
 * @param draw the same for every image, so that no map depends on what it is computed with
 */
export function createSmoothGrad(draw: DrawNoise): InputMethod {
  return inputMethod({
    ...SMOOTH_GRAD,
    steps: ({ samples }) => samples,
    point(tf, { pixels, normalise }, sample, { samples, noise, seed }) {
      const [, height, width] = pixels.shape;
      const drawn = tf.tensor4d(Float32Array.from(draw(sample, { height, width }, seed)), [1, height, width, 3]);
      return { images: normalise(tf.add(pixels, tf.mul(drawn, noise))), weight: 1 / samples };
    },
    map: (tf, _, gradient) => tf.sum(tf.abs(gradient), 3),
  });
}

export const smoothGrad = createSmoothGrad((sample, { height, width }, seed) =>
  createRandom('smoothgrad', seed, sample).normals(height * width * 3),
);
