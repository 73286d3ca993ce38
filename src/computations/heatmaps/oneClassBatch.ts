/** What a method that maps one class an image is given, and what it gives. */
import type * as tf from '@tensorflow/tfjs-core';
import type { TensorWeights } from '../../models/forward';
import type { InputSettings } from '../../models/input';
import type { Model } from '../../models/model';

/** A batch of images, each with the class that is explained. */
export interface OneClassBatch {
  readonly model: Model;
  readonly weights: TensorWeights;
  readonly input: InputSettings;
  /** As the network takes them, [n, size, size, 3]. */
  readonly images: tf.Tensor4D;
  /** int32, [n]. */
  readonly targets: tf.Tensor1D;
  /** Whether maps keep positive values only. */
  readonly rectified: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface OneClassMaps {
  /** [n · height · width] */
  readonly maps: Float32Array;
  /** Of a method with a baseline: what each map should sum to, [n]. */
  readonly expectedSums?: Float32Array;
}
