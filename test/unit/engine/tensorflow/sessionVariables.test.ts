/** States that programs share, on the native engine: as tensors, and as variables of a session. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect } from 'vitest';
import {
  OPERATION_BY_OPERATION,
  useProgramRunner,
  type Variables,
  type ProgramRunner,
} from '../../../../src/engine/programs';
import type { NativeBackend } from '../../../../src/engine/tensorflow/graph';
import { createGraphRunner } from '../../../../src/engine/tensorflow/programs';
import { startTensorflow } from '../../../../src/engine/tensorflow/start';
import { createModel } from '../../../../src/models/model';
import { initialWeights } from '../../../../src/models/weights';
import { createTrainer } from '../../../../src/training/trainer';
import { itNative as it } from '../../../nativeEngine';

type CountingBackend = NativeBackend & { getNumOfSavedModels(): number; getNumOfTFTensors(): number };
let backend: CountingBackend;
let complaints: string[];

beforeAll(async () => {
  await startTensorflow();
  backend = tf.backend() as unknown as CountingBackend;
});
beforeEach(() => {
  complaints = [];
});

function leftovers(): number[] {
  return [tf.memory().numTensors, backend.getNumOfTFTensors(), backend.getNumOfSavedModels()];
}

interface State {
  readonly total: tf.Tensor1D;
  readonly factor: tf.Scalar;
}

interface Added {
  readonly x: tf.Tensor1D;
}

/** total ← total + factor·x, and tells the sum of what it was before. */
const add = {
  name: 'addition',
  compute: ({ total, factor, x }: State & Added) => ({
    before: tf.sum<tf.Scalar>(total),
    total: tf.add<tf.Tensor1D>(total, tf.mul(factor, x)),
  }),
};

/** Of one part of the state only, of no inputs, and tells nothing. */
const double = { name: 'doubling', compute: ({ factor }: State) => ({ factor: tf.mul<tf.Scalar>(factor, 2) }) };

/** Each part becomes the other's: all are read before any is changed. */
const swap = {
  name: 'swap',
  compute: ({ total, factor }: State) => ({
    total: tf.mul<tf.Tensor1D>(tf.onesLike(total), factor),
    factor: tf.sum<tf.Scalar>(total),
  }),
};

const RUNNERS: Record<string, () => ProgramRunner> = {
  tensors: () => OPERATION_BY_OPERATION,
  variables: () => createGraphRunner(backend, { onWarning: (text) => complaints.push(text) }),
};

const hold = (runner: ProgramRunner): Variables<State> =>
  runner.createVariables<State>({ total: tf.tensor1d([1, 2]), factor: tf.scalar(3) });

/** @returns what the program told */
function runAdd(state: Variables<State>, x: number[]): number {
  return tf.tidy(() => state.run(add, { x: tf.tensor1d(x) }).before.dataSync()[0] as number);
}

function numbers(state: Variables<State>): number[][] {
  const { total, factor } = state.read(['total', 'factor']);
  const values = [total, factor].map((tensor) => [...tensor.dataSync()]);
  tf.dispose([total, factor]);
  return values;
}

describe.each(Object.entries(RUNNERS))('a state in %s', (_, start) => {
  it('is what its programs make of it, for inputs of any shape, and leaves nothing', () => {
    const before = leftovers();
    const state = hold(start());
    expect(numbers(state)).toEqual([[1, 2], [3]]);
    expect([runAdd(state, [1, 10]), runAdd(state, [0, 1])]).toEqual([3, 36]);
    expect(state.run(double, {})).toEqual({});
    // One number for both: another shape.
    expect(runAdd(state, [1])).toBe(39);
    expect(runAdd(state, [0, 2])).toBe(51);
    expect(numbers(state)).toEqual([[10, 53], [6]]);
    state.run(swap, {});
    expect(numbers(state)).toEqual([[6, 6], [63]]);
    state.dispose();
    expect(leftovers()).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it('that has been read stays as it was', () => {
    const state = hold(start());
    runAdd(state, [1, 1]);
    const { total } = state.read(['total']);
    runAdd(state, [1, 1]);
    expect([...total.dataSync()]).toEqual([4, 5]);
    expect(numbers(state)[0]).toEqual([7, 8]);
    total.dispose();
    state.dispose();
  });

  it('outlives a program that fails, or cannot be a graph', () => {
    const before = leftovers();
    const state = hold(start());
    runAdd(state, [1, 1]);
    const failing = {
      name: 'failure',
      compute: ({ total }: State) => ({ total: tf.reshape<tf.Rank.R1>(total, [7]) }),
    };
    expect(() => state.run(failing, {})).toThrow(/7/);
    const curious = {
      name: 'curious program',
      compute: ({ total }: State) => ({ total: tf.mul<tf.Tensor1D>(total, total.dataSync()[0] as number) }),
    };
    state.run(curious, {});
    runAdd(state, [1, 1]);
    expect(numbers(state)).toEqual([[19, 23], [3]]);
    state.dispose();
    expect(leftovers()).toEqual(before);
  });
});

it('a state of which a program cannot be a graph is tensors for good, which is said once', () => {
  const state = hold((RUNNERS['variables'] as () => ProgramRunner)());
  const curious = {
    name: 'curious program',
    compute: ({ total }: State) => ({ total: tf.mul<tf.Tensor1D>(total, total.dataSync()[0] as number) }),
  };
  state.run(curious, {});
  state.run(curious, {});
  expect(numbers(state)[0]).toEqual([1, 2]);
  expect(complaints).toEqual([
    'The curious program could not be made one graph, and is computed operation by operation, which is slower: ' +
      'the values of a tensor are read',
  ]);
  state.dispose();
});

describe('training', () => {
  const model = createModel('resnet20', 32, 10);
  const hyper = (step: number) => ({ learningRate: 0.1 / (step + 1), momentum: 0.9, weightDecay: 5e-4 });

  /** Steps of eight images, every third of them in micro-batches of three, three and two. */
  function train(runner: ProgramRunner) {
    const before = useProgramRunner(runner);
    const trainer = createTrainer(model, initialWeights(model, 1));
    const losses: number[] = [];
    const counts: string[] = [];
    for (let step = 0; step < 6; step++) {
      const parts = step % 3 === 2 ? [3, 3, 2] : [8];
      for (const [part, count] of parts.entries()) {
        const images = tf.randomNormal<tf.Rank.R4>([count, 32, 32, 3], 0, 1, 'float32', 3 * step + part + 1);
        const labels = tf.tensor1d(
          Int32Array.from({ length: count }, (_, i) => i),
          'int32',
        );
        const batch = { images, labels };
        const { loss, correct } =
          parts.length === 1 ? trainer.step(batch, hyper(step)) : trainer.accumulate(batch, count / 8);
        losses.push(loss, correct);
        tf.dispose([images, labels]);
      }
      if (parts.length > 1) trainer.update(hyper(step));
      counts.push(`${backend.getNumOfTFTensors()} ${tf.memory().numTensors}`);
    }
    const numbers = trainer.read();
    trainer.dispose();
    useProgramRunner(before);
    runner.dispose();
    return { losses, numbers, counts: new Set(counts) };
  }

  it('gives the same numbers as a graph, and leaves as many tensors as there were', () => {
    const before = leftovers();
    const complaints: string[] = [];
    const onWarning = (text: string) => complaints.push(text);
    const expected = train(OPERATION_BY_OPERATION);
    const actual = train(createGraphRunner(backend, { onWarning }));
    expect(complaints).toEqual([]);
    expect(actual.losses).toEqual(expected.losses);
    expect(actual.numbers).toEqual(expected.numbers);
    expect([actual.counts.size, expected.counts.size]).toEqual([1, 1]);
    expect(leftovers()).toEqual(before);
  });
});
