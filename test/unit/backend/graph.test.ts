/** Functions of tensors as graphs, on the native engine: against the same function operation by operation. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OPERATION_BY_OPERATION, useProgramRunner, type ProgramRunner } from '../../../src/engine/backend/programs';
import { openSession, record, type NativeBackend } from '../../../src/engine/backend/tensorflow/graph';
import { integer, float, bytes, message } from '../../../src/engine/backend/tensorflow/graph/protobuf';
import { createGraphRunner } from '../../../src/engine/backend/tensorflow/programs';
import { startTensorflow } from '../../../src/engine/backend/tensorflow/start';
import { createModel } from '../../../src/engine/models/model';
import { loadWeights } from '../../../src/engine/models/forward';
import { initialWeights } from '../../../src/engine/models/weights';
import { disposeState, trainStep, type TrainingState } from '../../../src/engine/training/step';

type CountingBackend = NativeBackend & { getNumOfSavedModels(): number; getNumOfTFTensors(): number };
let backend: CountingBackend;

beforeAll(async () => {
  await startTensorflow();
  backend = tf.backend() as unknown as CountingBackend;
});

function leftovers() {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith('epochlens-graph-'));
  const [tensors, native, sessions] = [
    tf.memory().numTensors,
    backend.getNumOfTFTensors(),
    backend.getNumOfSavedModels(),
  ];
  return { tensors, native, sessions, folders };
}

describe('the wire format', () => {
  it('encodes as the format says', () => {
    // Protocol Buffers, "Encoding": the examples there.
    expect([...integer(1, 150)]).toEqual([0x08, 0x96, 0x01]);
    expect([...bytes(2, 'testing')]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
    expect([...message(3, integer(1, 150))]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
    expect([...integer(1, -2)]).toEqual([0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
    expect([...integer(16, true)]).toEqual([0x80, 0x01, 0x01]);
    expect([...float(4, 1)]).toEqual([0x25, 0, 0, 0x80, 0x3f]);
  });
});

/** Constants, attributes of every kind, several outputs, integers and truth values. */
function compute({ x, labels }: { x: tf.Tensor4D; labels: tf.Tensor1D }) {
  const gradient = tf.grad((a) => {
    const padded = tf.pad(a as tf.Tensor4D, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]);
    const filter = tf.tensor4d(
      Float32Array.from({ length: 36 }, (_, i) => Math.sin(i)),
      [3, 3, 2, 2],
    );
    return tf.sum(tf.relu(tf.maxPool(tf.conv2d(padded, filter, 2, 'valid'), 2, 1, 'same')));
  })(x);
  const [low, high] = tf.split(tf.reshape(gradient, [x.shape[0], -1]), 2, 1) as [tf.Tensor2D, tf.Tensor2D];
  const scores = tf.concat([tf.mul(low, 3), tf.transpose(tf.transpose(high))], 1);
  const wrong = tf.notEqual(tf.argMax(scores, 1), labels);
  return { scores, wrong, count: tf.sum(tf.cast(wrong, 'int32')) };
}

const inputs = (seed: number) => ({
  x: tf.randomNormal<tf.Rank.R4>([3, 6, 5, 2], 0, 1, 'float32', seed),
  labels: tf.tensor1d([1, 0, 2], 'int32'),
});

describe('a graph', () => {
  it('gives what the function gives, for other values than it was recorded with, and leaves nothing', () => {
    const before = leftovers();
    const first = inputs(1);
    const { graph, result } = record(backend, [first.x, first.labels], () => compute(first));
    const session = openSession(backend, graph);
    expect(leftovers()).toMatchObject({ sessions: before.sessions + 1, folders: before.folders });
    for (const seed of [1, 2, 3]) {
      tf.tidy(() => {
        const given = inputs(seed);
        const expected = compute(given);
        const actual = session.run([given.x, given.labels]);
        for (const [index, tensor] of Object.values(expected).entries()) {
          expect(actual[index]).toMatchObject({ shape: tensor.shape, dtype: tensor.dtype });
          expect(actual[index]?.dataSync()).toEqual(tensor.dataSync());
        }
      });
    }
    session.dispose();
    tf.dispose([...Object.values(first), ...Object.values(result)]);
    expect(leftovers()).toEqual(before);
  });

  it('is refused where a function reads a tensor, or uses one that it was not given', () => {
    const before = leftovers();
    const [x, stranger] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])];
    const reading = () => ({ y: tf.mul(x, tf.add(x, 1).dataSync()[0] as number) });
    expect(() => record(backend, [x], reading)).toThrow('the values of a tensor are read');
    const foreign = () => record(backend, [x], () => ({ y: tf.square(tf.mul(x, stranger)) }));
    // As long as its values are JavaScript's, and once they are TensorFlow's.
    for (const time of [1, 2]) {
      expect(foreign, `time ${time}`).toThrow('a tensor is used that is neither an input nor made from one');
    }
    tf.dispose([x, stranger]);
    expect(leftovers()).toEqual(before);
  });
});

describe('programs on the native engine', () => {
  let complaints: string[];
  let runner: ProgramRunner;
  beforeEach(() => {
    complaints = [];
    runner = createGraphRunner(backend, { callsBefore: 1, most: 2, complain: (text) => complaints.push(text) });
  });
  afterEach(() => runner.dispose());

  const difference = (times: number) => {
    let computed = 0;
    const program = {
      name: `${times}-fold difference`,
      compute: ({ a, b }: { a: tf.Tensor; b: tf.Tensor }) => {
        computed++;
        return { c: tf.mul(tf.sub(a, b), times) };
      },
    };
    return { program, computed: () => computed };
  };
  const run = ({ program }: ReturnType<typeof difference>, a: number[], b: number[]): number[] =>
    tf.tidy(() => [...runner.run(program, { a: tf.tensor1d(a), b: tf.tensor1d(b) }).c.dataSync()]);

  it('become graphs when they come again, one for each shape, and are told apart by the inputs’ names', () => {
    const twice = difference(2);
    for (const one of [1, 2, 3, 4]) expect(run(twice, [5, 6], [one, 1])).toEqual([10 - 2 * one, 10]);
    expect(twice.computed()).toBe(2);
    const swapped = tf.tidy(() => [
      ...runner.run(twice.program, { b: tf.tensor1d([1, 1]), a: tf.tensor1d([5, 6]) }).c.dataSync(),
    ]);
    expect(swapped).toEqual([8, 10]);
    expect(twice.computed()).toBe(2);
    expect(run(twice, [5], [1])).toEqual([8]);
    expect(twice.computed()).toBe(3);
    expect(complaints).toEqual([]);
  });

  it('give back the graph that has not been used for longest', () => {
    const before = leftovers();
    const [one, two, three] = [difference(1), difference(2), difference(3)];
    for (const program of [one, one, two, two, one, three, three]) run(program, [1], [0]);
    expect(leftovers().sessions).toBe(before.sessions + 2);
    for (const program of [one, three]) run(program, [1], [0]);
    expect([one.computed(), two.computed(), three.computed()]).toEqual([2, 2, 2]);
    expect(run(two, [1], [0])).toEqual([2]);
    expect(two.computed()).toBe(3);
    runner.dispose();
    expect(leftovers()).toEqual(before);
  });

  it('are computed operation by operation where they cannot be recorded, which is said once', () => {
    const before = leftovers();
    const program = {
      name: 'curious program',
      compute: ({ a }: { a: tf.Tensor }) => ({ c: tf.mul(a, tf.square(a).dataSync()[0] as number) }),
    };
    for (const value of [1, 2, 3, 4]) {
      expect(tf.tidy(() => runner.run(program, { a: tf.scalar(value) }).c.dataSync()[0])).toBe(value ** 3);
    }
    expect(complaints).toEqual([
      'The curious program could not be made one graph, and is computed operation by operation, which is slower: ' +
        'the values of a tensor are read',
    ]);
    expect(leftovers()).toEqual(before);
  });

  it('fail as the function does', () => {
    const program = { name: 'failure', compute: ({ a }: { a: tf.Tensor }) => ({ c: tf.reshape(a, [7]) }) };
    for (const size of [2, 3, 3]) {
      const a = tf.ones([size]);
      expect(() => runner.run(program, { a })).toThrow(/7/);
      a.dispose();
    }
  });
});

describe('training', () => {
  const model = createModel('resnet20', 32);
  const hyper = (step: number) => ({ learningRate: 0.1 / (step + 1), momentum: 0.9, weightDecay: 5e-4 });

  /** Steps of eight images, and of five now and then, as at an epoch's end. */
  function train(runner: ProgramRunner) {
    const before = useProgramRunner(runner);
    let state: TrainingState = {
      ...loadWeights(initialWeights(model, 1)),
      velocity: tf.zeros([model.parameterCount]),
    };
    const losses: number[] = [];
    const counts: number[] = [];
    for (let step = 0; step < 9; step++) {
      const count = step % 3 === 2 ? 5 : 8;
      const images = tf.randomNormal<tf.Rank.R4>([count, 32, 32, 3], 0, 1, 'float32', step + 1);
      const labels = tf.tensor1d(
        Int32Array.from({ length: count }, (_, i) => i),
        'int32',
      );
      const result = trainStep(model, state, { images, labels }, hyper(step));
      disposeState(state);
      state = result.state;
      losses.push(result.loss.dataSync()[0] as number, result.correct.dataSync()[0] as number);
      tf.dispose([images, labels, result.loss, result.correct]);
      counts.push(backend.getNumOfTFTensors(), tf.memory().numTensors);
    }
    const { parameters, means, variances, velocity } = state;
    const numbers = [parameters, means, variances, velocity].map((tensor) => tensor.dataSync());
    disposeState(state);
    useProgramRunner(before);
    runner.dispose();
    return { losses, numbers, counts: [...new Set(counts)] };
  }

  it('gives the same numbers as a graph, and leaves as many tensors as there were', () => {
    const before = leftovers();
    const complaints: string[] = [];
    const complain = (text: string) => complaints.push(text);
    const expected = train(OPERATION_BY_OPERATION);
    const actual = train(createGraphRunner(backend, { callsBefore: 0, complain }));
    const mixed = train(createGraphRunner(backend, { callsBefore: 1, complain }));
    expect(complaints).toEqual([]);
    for (const other of [actual, mixed]) {
      expect(other.losses).toEqual(expected.losses);
      expect(other.numbers).toEqual(expected.numbers);
      expect(other.counts).toHaveLength(expected.counts.length);
    }
    expect(leftovers()).toEqual(before);
  });
});
