import { symmetricBeta, symmetricDirichlet } from '../../common/beta';
import type { Random } from '../../common/random';
import type { Pixels } from '../augmentationKind';
import { rounded } from '../rounded';
import { applyStep, drawStep, type Step } from './operations';

/** What AugMix draws for an image. */
export interface Mixture {
  /** Each changes the image step by step. */
  readonly chains: readonly (readonly Step[])[];
  /** The shares of the chains in their mixture, which sum to 1. */
  readonly weights: readonly number[];
  /** The share of that mixture in the result; the image itself has the rest. */
  readonly share: number;
}

export interface MixtureSettings {
  readonly width: number;
  /** Of every chain; −1 draws 1, 2 or 3 for each. */
  readonly depth: number;
  readonly severity: number;
  readonly alpha: number;
}

export function drawMixture(image: Pixels, settings: MixtureSettings, random: Random): Mixture {
  const { width, depth, severity, alpha } = settings;
  const weights = symmetricDirichlet(random, alpha, width);
  const share = symmetricBeta(random, alpha);
  const chains = weights.map(() => {
    const length = depth > 0 ? depth : 1 + random.integer(3);
    return Array.from({ length }, () => drawStep(severity, random, image));
  });
  return { chains, weights, share };
}

/** The mixture of an image and its chains, rounded to whole grey levels. */
export function mix(image: Pixels, { chains, weights, share }: Mixture): Uint8Array {
  const mixed = new Float64Array(image.pixels.length);
  add(mixed, image, 1 - share);
  for (const [index, steps] of chains.entries())
    add(mixed, steps.reduce(applyStep, image), share * (weights[index] as number));
  return rounded(mixed);
}

function add(sum: Float64Array, { pixels }: Pixels, weight: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + weight * (pixels[i] as number);
}
