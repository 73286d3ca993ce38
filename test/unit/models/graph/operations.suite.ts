/** Values and gradients of each operation of a graph against PyTorch's (test/fixtures/pytorch/operations.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../../../src/architectures';
import { batchNormTraining } from '../../../../src/engine/operations';
import { runProgram } from '../../../../src/engine/programs';
import { compute } from '../../../../src/models/graph/compute';
import type { OperationContext } from '../../../../src/models/graph/operation';
import { shapeOfBatch } from '../../../../src/models/graph/run';

export interface Values {
  readonly shape: number[];
  readonly data: number[];
}

export interface OperationCase {
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly Values[];
  readonly output: Values;
  /** Of the sum of outputs times cos(0), cos(1), …; null of inputs that are constants. */
  readonly gradients: readonly (readonly number[] | null)[];
}

const FIXTURE = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'pytorch', 'operations.json');

export function readCases(): OperationCase[] {
  return (JSON.parse(readFileSync(FIXTURE, 'utf8')) as { cases: OperationCase[] }).cases;
}

/** In each case whose shapes depend on it. */
export const IMAGES = 2;

export function describeOperations(start: () => unknown): void {
  describe('the operations of graphs', () => {
    const cases = readCases();
    beforeAll(async () => {
      await start();
    });

    it.each(cases.map((example, index) => [example.name, index] as const))('%s', (_, index) => {
      const { operation, inputs, output, gradients } = cases[index] as OperationCase;
      const given = Object.fromEntries(
        inputs.map(({ shape, data }, at) => [`input${at}`, tf.tensor(Float32Array.from(data), shape, 'float32')]),
      );
      const weights = tf.tensor(
        Float32Array.from(output.data, (_value, at) => Math.cos(at)),
        output.shape,
      );
      const context = contextFor(IMAGES);
      const differentiated = gradients.flatMap((gradient, at) => (gradient === null ? [] : [at]));
      const program = {
        name: `case ${index}`,
        compute: (all: Record<string, tf.Tensor>) => {
          const { weights: factors, ...named } = all as Record<string, tf.Tensor> & { weights: tf.Tensor };
          const ordered = inputs.map((_input, at) => named[`input${at}`] as tf.Tensor);
          const y = compute(operation, ordered, context);
          const slopes = tf.grads((...parts: tf.Tensor[]) => {
            const changed = [...ordered];
            differentiated.forEach((at, place) => (changed[at] = parts[place] as tf.Tensor));
            return tf.sum(tf.mul(compute(operation, changed, context), factors));
          })(differentiated.map((at) => ordered[at] as tf.Tensor));
          return { y, ...Object.fromEntries(slopes.map((slope, place) => [`slope${differentiated[place]}`, slope])) };
        },
      };
      const results = runProgram(program, { ...given, weights }) as Record<string, tf.Tensor>;
      expect(results['y']?.shape).toEqual(output.shape);
      expectClose(results['y'] as tf.Tensor, output.data, 'value');
      for (const at of differentiated) {
        expectClose(results[`slope${at}`] as tf.Tensor, gradients[at] as number[], `gradient of input ${at}`);
      }
      tf.dispose([...Object.values(results), ...Object.values(given), weights]);
    });
  });
}

export function contextFor(images: number): OperationContext {
  return {
    batchNorm: (x, gamma, beta, { epsilon }) => batchNormTraining(x, gamma, beta, epsilon).output,
    sizesOf: shapeOfBatch(images),
  };
}

function expectClose(actual: tf.Tensor, expected: readonly number[], what: string): void {
  const values = actual.dataSync();
  const scale = Math.max(1, ...expected.map(Math.abs));
  expect(values.length, what).toBe(expected.length);
  values.forEach((value, index) => {
    const difference = Math.abs(value - (expected[index] as number));
    expect(difference <= 2e-5 * scale, `${what} [${index}]: ${value}, not ${expected[index]}`).toBe(true);
  });
}
