/** The noises of CIFAR-10-C. Each value stands for one channel of one pixel; results are in 0 … 255, not yet clipped. */
import type { Random } from '../../../../common/random';
import { GREY_LEVELS, type Picture } from '../picture';
import { poissonInverse } from './poisson';

type Noise = (picture: Picture, severity: number, random: Random) => Float32Array;

/** Standard deviation on values in [0, 1]. */
const GAUSSIAN = [0.04, 0.06, 0.08, 0.09, 0.1];
/** Photons at full brightness. */
const SHOT = [500, 250, 100, 75, 50];
/** The share of values that become 0 or 1, half of them each. */
const IMPULSE = [0.01, 0.02, 0.03, 0.05, 0.07];
/** Standard deviation of the factor that a value is changed by. */
const SPECKLE = [0.06, 0.1, 0.12, 0.16, 0.2];

export const gaussianNoise: Noise = ({ pixels }, severity, random) => {
  const scale = GREY_LEVELS * at(GAUSSIAN, severity);
  return Float32Array.from(pixels, (value) => value + scale * random.normal());
};

export const shotNoise: Noise = ({ pixels }, severity, random) => {
  const photons = at(SHOT, severity);
  return Float32Array.from(pixels, (value) => {
    const mean = (Math.round(value) / GREY_LEVELS) * photons;
    return (GREY_LEVELS * poissonInverse(mean, random.uniform())) / photons;
  });
};

export const impulseNoise: Noise = ({ pixels }, severity, random) => {
  const share = at(IMPULSE, severity);
  return Float32Array.from(pixels, (value) => {
    if (random.uniform() > share) return value;
    return random.uniform() <= 0.5 ? GREY_LEVELS : 0;
  });
};

export const speckleNoise: Noise = ({ pixels }, severity, random) => {
  const scale = at(SPECKLE, severity);
  return Float32Array.from(pixels, (value) => value + value * scale * random.normal());
};

/** @param severity 1 … 5 */
function at(constants: readonly number[], severity: number): number {
  return constants[severity - 1] as number;
}
