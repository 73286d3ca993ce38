/** What every operation of a graph is given. */
import type * as tf from '@tensorflow/tfjs-core';
import type { OperationKind, OperationOf, Shape } from '../../architectures';
import type { GraphContext } from './run';

/** In the order that the operation's declaration says. */
export type Inputs = readonly tf.Tensor[];

export interface OperationContext extends Pick<GraphContext, 'batchNorm'> {
  /** Of this batch. */
  readonly sizesOf: (shape: Shape) => number[];
}

export type Compute<Kind extends OperationKind> = (
  operation: OperationOf<Kind>,
  inputs: Inputs,
  context: OperationContext,
) => tf.Tensor;
