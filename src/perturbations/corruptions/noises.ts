/** The noises of CIFAR-10-C. Each value stands for one channel of one pixel; results are in 0 … 255, not yet clipped. */
import type { Random } from '../../common/random';
import { GREY_LEVELS, type Picture } from '../picture';
import { poissonInverse, poissonTable, type PoissonTable } from './poisson';

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
  const noise = random.normals(pixels.length);
  return change(pixels, (value, i) => value + scale * (noise[i] as number));
};

export const shotNoise: Noise = ({ pixels }, severity, random) => {
  const photons = at(SHOT, severity);
  const tables = SHOT_TABLES[severity - 1] as PoissonTable[];
  return change(pixels, (value) => {
    const level = Math.round(value);
    const table = (tables[level] ??= poissonTable((level / GREY_LEVELS) * photons));
    return (GREY_LEVELS * poissonInverse(table, random.uniform())) / photons;
  });
};

/** Of each severity and grey level, made when it is first met. */
const SHOT_TABLES: readonly PoissonTable[][] = SHOT.map(() => []);

export const impulseNoise: Noise = ({ pixels }, severity, random) => {
  const share = at(IMPULSE, severity);
  return change(pixels, (value) => {
    if (random.uniform() > share) return value;
    return random.uniform() <= 0.5 ? GREY_LEVELS : 0;
  });
};

export const speckleNoise: Noise = ({ pixels }, severity, random) => {
  const scale = at(SPECKLE, severity);
  const noise = random.normals(pixels.length);
  return change(pixels, (value, i) => value + value * scale * (noise[i] as number));
};

/** What `Float32Array.from` gives in five times the time. */
function change(pixels: Picture['pixels'], changed: (value: number, i: number) => number): Float32Array {
  const values = new Float32Array(pixels);
  for (let i = 0; i < values.length; i++) values[i] = changed(values[i] as number, i);
  return values;
}

/** @param severity 1 … 5 */
function at(constants: readonly number[], severity: number): number {
  return constants[severity - 1] as number;
}
