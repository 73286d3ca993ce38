/**
 * What is averaged over images, and from how many images on the interval of its mean covers what it says.
 *
 * Found by drawing samples of n from the values of a trained ResNet-20 on 1,017 real CIFAR-10 images under 18
 * perturbations, from hardly visible to severe (6,000 samples each; test/unit/statistics/coverage.test.ts repeats it for
 * the hardest). Of an interval that is to cover the mean in 95 % of samples, the least coverage over perturbations was
 *
 * | n                                           |   10 |   20 |   30 |   50 |   75 |  100 |  200 |
 * | ------------------------------------------- | ---- | ---- | ---- | ---- | ---- | ---- | ---- |
 * | drops and confidences                       | 0.67 | 0.77 | 0.83 | 0.88 | 0.89 | 0.91 | 0.93 |
 * | of the same, under the study's perturbations | 0.71 | 0.86 | 0.92 | 0.94 | 0.94 | 0.95 | 0.95 |
 * | rank correlation, SSIM, overlap, shift      | 0.84 | 0.90 | 0.93 | 0.93 | 0.94 | 0.94 | 0.94 |
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
export const LEAST_IMAGES_OF_HEATMAPS = 20;

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
