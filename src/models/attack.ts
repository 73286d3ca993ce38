/** Attacks by the gradient of the loss, as functions of tensors: what a test and an adversarial training share. */
import type * as tf from '@tensorflow/tfjs-core';

/** Distances are of pixels in 0 … 1. */
export interface AttackSteps {
  readonly norm: 'linf' | 'l2';
  readonly epsilon: number;
  readonly stepSize: number;
  readonly steps: number;
}

/** The gradient of the summed cross-entropy of the labels, by pixels in 0 … 1: [n, height, width, 3] of the same. */
export type PixelGradient = (pixels: tf.Tensor4D) => tf.Tensor4D;
