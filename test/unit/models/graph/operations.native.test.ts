import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect } from 'vitest';
import { OPERATION_BY_OPERATION, useProgramRunner } from '../../../../src/engine/programs';
import type { NativeBackend } from '../../../../src/engine/tensorflow/graph';
import { createGraphRunner } from '../../../../src/engine/tensorflow/programs';
import { startTensorflow } from '../../../../src/engine/tensorflow/start';
import { compileProgram } from '../../../../src/engine/tensorflow/compile';
import { compute } from '../../../../src/models/graph/compute';
import { describeNative, itNative } from '../../../nativeEngine';
import { contextFor, describeOperations, IMAGES, readCases, type OperationCase } from './operations.suite';

beforeAll(startTensorflow);

describeNative('operation by operation', () => {
  describeOperations(() => useProgramRunner(OPERATION_BY_OPERATION));
});

describeNative('as graphs', () => {
  function onWarning(text: string): never {
    throw new Error(text);
  }

  describeOperations(() =>
    useProgramRunner(
      createGraphRunner(tf.backend() as unknown as NativeBackend, {
        timeouts: { calls: 0, milliseconds: 0 },
        onWarning,
      }),
    ),
  );
});

itNative.each(readCases().map((example) => [example.name, example] as const))(
  '%s as a graph for batches of any size',
  (_, { name, operation, inputs, output }) => {
    const given = inputs.map(({ shape, data }) => tf.tensor(Float32Array.from(data), shape, 'float32'));
    const batched = given.flatMap((__, at) => (isBatched({ operation, inputs, output }, at) ? [at] : []));
    // Batch norm sees all images of a batch.
    if (batched.length === 0 || operation.kind === 'batchNorm') return;
    const program = {
      name,
      batched: batched.map(String),
      compute: (all: Record<string, tf.Tensor>) => {
        const ordered = given.map((__, at) => all[at] as tf.Tensor);
        const images = (ordered[batched[0] as number] as tf.Tensor).shape[0];
        const run = (...parts: tf.Tensor[]): tf.Tensor => compute(operation, parts, contextFor(images));
        const slopes = tf.grads((...parts: tf.Tensor[]) => {
          const changed = [...ordered];
          batched.forEach((at, place) => (changed[at] = parts[place] as tf.Tensor));
          return tf.sum(tf.square(run(...changed)));
        })(batched.map((at) => ordered[at] as tf.Tensor));
        return { y: run(...ordered), ...Object.fromEntries(slopes.map((slope, place) => [`slope${place}`, slope])) };
      },
    };
    const backend = tf.backend() as unknown as NativeBackend;
    const compiled = compileProgram(backend, program, named(given), false);
    expect(compiled).toBeDefined();
    const [once, twice] = [1, 2].map((times) => {
      const repeated = given.map((x, at) =>
        batched.includes(at) ? tf.concat(new Array<tf.Tensor>(times).fill(x), 0) : x,
      );
      return compiled?.run(named(repeated)) as Record<string, tf.Tensor>;
    }) as [Record<string, tf.Tensor>, Record<string, tf.Tensor>];
    for (const key of Object.keys(once)) {
      const [short, long] = [once, twice].map((all) => (all[key] as tf.Tensor).dataSync()) as [
        Float32Array,
        Float32Array,
      ];
      const difference = [...long].map((value, at) => Math.abs(value - (short[at % short.length] as number)));
      expect(long.length).toBe(2 * short.length);
      expect(Math.max(...difference)).toBeLessThan(1e-4 * Math.max(1, ...short.map(Math.abs)));
    }
    compiled?.dispose();
    tf.dispose([given, once, twice]);
  },
);

/** Whether the first axis of an input is the batch. */
function isBatched(
  { operation, inputs, output }: Pick<OperationCase, 'operation' | 'inputs' | 'output'>,
  at: number,
): boolean {
  const { shape } = inputs[at] as OperationCase['inputs'][number];
  if (shape[0] !== IMAGES || shape.length < 2) return false;
  const ofMany = ['binary', 'matMul', 'concatenate', 'select'].includes(operation.kind);
  return ofMany ? shape.length === output.shape.length && output.shape[0] === IMAGES : at === 0;
}

/** By their places. */
function named(tensors: readonly tf.Tensor[]): Record<string, tf.Tensor> {
  return Object.fromEntries(tensors.entries());
}
