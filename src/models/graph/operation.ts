/** What every operation of a graph is given. */
import type * as tf from '@tensorflow/tfjs-core';
import type { GraphNode, OperationKind, OperationOf, Shape } from '../../architectures';

export type BatchNorm = OperationOf<'batchNorm'>;

/** What a graph takes of the model that it is run as. */
export interface GraphContext {
  /** As its role's shape has it. */
  readonly parameter: (name: string) => tf.Tensor;
  /** With the running statistics of the norm's module, or with the batch's, which then move them. */
  readonly batchNorm: (x: tf.Tensor4D, gamma: tf.Tensor1D, beta: tf.Tensor1D, norm: BatchNorm) => tf.Tensor4D;
  /** Looks at, and may replace, the feature map of a target layer. */
  readonly look: (layer: string, features: tf.Tensor4D) => tf.Tensor4D;
  readonly onValue?: OnValue | undefined;
}

/** Is told of each value as it is computed. */
export type OnValue = (value: tf.Tensor, node: Pick<GraphNode, 'name' | 'operator'>) => void;

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
