/** A study's perturbations of one image. Needs no engine. */
import { createRandom } from '../common/random';
import type { Perturbation } from '../study';
import { corrupt } from './corruptions';
import { addGaussianNoise } from './gaussianNoise';
import { drawPlaces, occlude } from './occlusion';
import type { Picture } from './picture';
import { rotate } from './rotation';

export type { Picture } from './picture';

/** Which draw of an entry it is. */
export interface Draw {
  /** The image's index in the test set; of any other image, what tells it apart. */
  readonly image: number | string;
  /** From 0. */
  readonly round: number;
}

export interface PerturbedPicture extends Picture {
  readonly pixels: Float32Array;
  /** By how much the image was turned, counter-clockwise: 0 unless it is a rotation. */
  readonly degrees: number;
}

/**
 * The image as an entry of the study perturbs it. All that is random follows from the entry's seed and kind, the image
 * and the round: every checkpoint sees the same pixels, and the order of images plays no part.
 */
export function perturb(picture: Picture, entry: Perturbation, { image, round }: Draw): PerturbedPicture {
  const { height, width } = picture;
  const kind = entry.kind === 'corruption' ? entry.name : entry.kind;
  const random = createRandom('perturbation', kind, entry.seed, image, round);
  switch (entry.kind) {
    case 'gaussianNoise':
      return { height, width, pixels: addGaussianNoise(picture, entry.standardDeviation, random), degrees: 0 };
    case 'rotation': {
      const degrees = random.uniform(...entry.degrees);
      return { height, width, pixels: rotate(picture, degrees), degrees };
    }
    case 'corruption':
      return { height, width, pixels: corrupt(picture, entry.name, entry.severity, random), degrees: 0 };
    case 'occlusion': {
      const places = drawPlaces(picture, entry.pixels, random);
      return { height, width, pixels: occlude(picture, places, entry.fill), degrees: 0 };
    }
  }
}
