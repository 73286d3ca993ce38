/**
 * What is averaged over images, and from how many images on the interval of its mean covers what it says.
 *
 * Found by drawing 6,000 samples of n from the values of a trained ResNet-20 on 1,017 real CIFAR-10 images under each of
 * 18 perturbations, from hardly visible to severe; test/unit/statistics/coverage.test.ts draws from some of them again.
 * The least share of 95 % intervals that held the mean:
 *
 * | n                                                    |   10 |   20 |   30 |   50 |   75 |  100 |  200 |
 * | ---------------------------------------------------- | ---- | ---- | ---- | ---- | ---- | ---- | ---- |
 * | drops and confidences                                | 0.68 | 0.79 | 0.84 | 0.87 | 0.89 | 0.90 | 0.93 |
 * | drops by noise 0.1, rotation 30°, occlusion 5 to 20  | 0.79 | 0.92 | 0.95 | 0.95 | 0.95 | 0.95 | 0.95 |
 * | correlation, SSIM, overlap and shift of heatmaps     | 0.83 | 0.90 | 0.92 | 0.93 | 0.94 | 0.94 | 0.94 |
 *
 * Most drops are next to nothing and a few are near 1: a small sample often has none of the few, and then looks even. So
 * the number of images decides, and not how skewed a sample looks.
 */
export interface Quantity {
  /** Below so many images there is no interval: coverage would be below 90 % for some real values. */
  readonly intervalFrom: number;
  /** What the values cannot leave, and so their mean cannot. */
  readonly range: readonly [low: number, high: number];
}

/** Of values in probability. */
export const LEAST_IMAGES = 100;
/** Of values of heatmaps. */
export const LEAST_IMAGES_OF_HEATMAPS = 25;

export const QUANTITIES = {
  /** The probability of a class. */
  confidence: { intervalFrom: LEAST_IMAGES, range: [0, 1] },
  /** Of a probability. */
  drop: { intervalFrom: LEAST_IMAGES, range: [-1, 1] },
  /** Of two heatmaps: Spearman's, Pearson's, SSIM. */
  correlation: { intervalFrom: LEAST_IMAGES_OF_HEATMAPS, range: [-1, 1] },
  /** Of a heatmap: the overlap of its top, its entropy, its heat in a mask. */
  share: { intervalFrom: LEAST_IMAGES_OF_HEATMAPS, range: [0, 1] },
  /** Of a heatmap's centre, in sides of the map. */
  shift: { intervalFrom: LEAST_IMAGES_OF_HEATMAPS, range: [0, Math.SQRT2] },
  /** Of anything, or the difference of two. */
  any: { intervalFrom: LEAST_IMAGES, range: [-Infinity, Infinity] },
} as const satisfies Readonly<Record<string, Quantity>>;

export type QuantityName = keyof typeof QUANTITIES;
