/** What a checkpoint makes of one image, as it is or perturbed. */
export interface Prediction {
  readonly predicted: number;
  /** Softmax, [classes]. */
  readonly probabilities: readonly number[];
  /** The raw heatmap of the class that the clean image is taken for, [height · width] of the target layer. */
  readonly map: Float32Array;
}
