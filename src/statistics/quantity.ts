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
 * How far heatmaps move between two checkpoints holds as well where they are of a fixed class. Of the class that each predicts
 * they are next to equal, but for the few images whose prediction changes; by a sample with few of these nothing can be said
 * of the mean. From a trained ResNet-20 with normal noise on its weights to that itself, of 1,017 images, 20,000 samples:
 *
 * | noise, predictions that change            | with 5 changed or more, n = 50, 100, 200 | with fewer, n = 25, 50, 100 |
 * | ----------------------------------------- | ---------------------------------------- | --------------------------- |
 * | 0.1 deviations, 3.6 %: rank correlation   | 0.97, 0.99, 0.99                         | 0.66, 0.84, 0.96            |
 * | overlap                                   | 0.92, 0.98, 0.98                         | 0.88, 0.92, 0.92            |
 * | shift                                     | 0.97, 0.99, 0.99                         | 0.79, 0.84, 0.90            |
 * | 0.05 deviations, 1.9 %: rank correlation  | –, 0.99, 0.99                            | 0.48, 0.68, 0.86            |
 * | overlap                                   | –, 0.93, 0.98                            | 0.93, 0.90, 0.92            |
 * | shift                                     | –, 0.98, 0.99                            | 0.70, 0.72, 0.83            |
 * | 0.02 deviations, 1 %: rank correlation    | –, –, 0.97                               | 0.23, 0.41, 0.62            |
 * | overlap                                   | –, –, 0.94                               | 1.00, 0.94, 0.88            |
 * | shift                                     | –, –, 0.98                               | 0.46, 0.44, 0.62            |
 *
 * So there is none where fewer than 5 predictions differ: changes.ts.
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
