/** What each operation of a graph computes. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Operation, Shape } from '../../architectures';
import type { GraphContext } from './run';

export interface OperationContext extends GraphContext {
  /** Of this batch. */
  readonly sizesOf: (shape: Shape) => number[];
}

export function compute(operation: Operation, inputs: readonly tf.Tensor[], context: OperationContext): tf.Tensor {
  throw new Error(`${operation.kind} of ${inputs.length} in ${String(context)}`);
}
