/** What each operation of a graph computes. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Operation, OperationKind } from '../../architectures';
import { binary } from './binary';
import { convolution, depthwiseConvolution, transposedConvolution } from './convolution';
import { matMul } from './matMul';
import { batchNorm, logSoftmax, lpNormalise, normalise, softmax } from './normalise';
import { foreign } from './foreign';
import type { Compute, Inputs, OperationContext } from './operation';
import { pool } from './pool';
import { reduce } from './reduce';
import { resize } from './resize';
import { concatenate, expandTo, gather, pad, reshape, select, slice, tile, transpose } from './shapes';
import { unary } from './unary';

const OPERATIONS: { readonly [Kind in OperationKind]: Compute<Kind> } = {
  convolution,
  depthwiseConvolution,
  transposedConvolution,
  batchNorm,
  unary,
  binary,
  matMul,
  pool,
  reduce,
  softmax,
  logSoftmax,
  normalise,
  lpNormalise,
  concatenate,
  slice,
  pad,
  resize,
  reshape,
  transpose,
  gather,
  tile,
  expand: expandTo,
  select,
  foreign,
};

/** @param inputs as the operation's declaration has them, in memory's order */
export function compute(operation: Operation, inputs: Inputs, context: OperationContext): tf.Tensor {
  const run = OPERATIONS[operation.kind] as (
    operation: Operation,
    inputs: Inputs,
    context: OperationContext,
  ) => tf.Tensor;
  return run(operation, inputs, context);
}
