import * as tf from '@tensorflow/tfjs-core';

/**
 * `tf.tidy` for a function that reads its tensors and gives their values: `tf.tidy` itself would look for tensors in
 * every single number of an array, which takes longer than many a forward pass.
 */
export function tidily<T>(compute: () => T): T {
  let values!: T;
  tf.tidy(() => {
    values = compute();
  });
  return values;
}
