/** Functions of tensors as graphs, on the native engine: against the same function operation by operation. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import {
  OPERATION_BY_OPERATION,
  runProgram,
  useProgramRunner,
  type ProgramRunner,
} from '../../../../src/engine/programs';
import {
  convolveSmallMaps,
  foldBatchNorm,
  openSession,
  record,
  type NativeBackend,
} from '../../../../src/engine/tensorflow/graph';
import { integer, float, bytes, message } from '../../../../src/engine/tensorflow/graph/protobuf';
import { createGraphRunner, type GraphRunnerOptions, type Spent } from '../../../../src/engine/tensorflow/programs';
import { startTensorflow } from '../../../../src/engine/tensorflow/start';
import { createModel } from '../../../../src/models/model';
import { mapsOfAllClasses, mapsOfOneClass } from '../../../../src/computations/heatmaps/classMaps';
import { chooseMethod } from '../../../../src/explanations';
import { requireTargetLayer } from '../../../../src/models/targetLayer';
import { loadWeights, predict } from '../../../../src/models/forward';
import { initialWeights } from '../../../../src/models/weights';
import { itNative as it } from '../../../nativeEngine';

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

const NONE: Spent = { calls: 0, milliseconds: 0 };

describe('programs on the native engine', () => {
  let complaints: string[];
  let runner: ProgramRunner;
  const start = (options: Pick<GraphRunnerOptions, 'timeouts'>) =>
    createGraphRunner(backend, { ...options, most: 2, onWarning: (text) => complaints.push(text) });
  beforeEach(() => {
    complaints = [];
    runner = start({ timeouts: NONE });
  });
  afterEach(() => runner.dispose());

  /** A function, and how often it has been called. */
  const difference = (times: number, more: { batched?: ['a', 'b']; lasting?: ['b']; patient?: boolean } = {}) => {
    let computed = 0;
    const compute = ({ a, b }: { a: tf.Tensor; b: tf.Tensor }) => {
      computed++;
      return { c: tf.sub(tf.mul(a, times), tf.mul(b, times)) };
    };
    return { program: { name: `${times}-fold difference`, compute, ...more }, computed: () => computed };
  };
  const run = ({ program }: ReturnType<typeof difference>, a: number[], b: number[]): number[] =>
    tf.tidy(() => [...runner.run(program, { a: tf.tensor1d(a), b: tf.tensor1d(b) }).c.dataSync()]);

  it('are graphs, one for each shape, that know their inputs by name', () => {
    const twice = difference(2);
    for (const one of [1, 2, 3, 4]) expect(run(twice, [5, 6], [one, 1])).toEqual([10 - 2 * one, 10]);
    const swapped = tf.tidy(() => [
      ...runner.run(twice.program, { b: tf.tensor1d([1, 1]), a: tf.tensor1d([5, 6]) }).c.dataSync(),
    ]);
    expect(swapped).toEqual([8, 10]);
    expect(twice.computed()).toBe(1);
    expect(run(twice, [5], [1])).toEqual([8]);
    expect(twice.computed()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('are one graph for batches of all sizes where the size goes into nothing', () => {
    const twice = difference(2, { batched: ['a', 'b'] });
    for (const length of [1, 2, 5]) {
      expect(run(twice, Array<number>(length).fill(3), Array<number>(length).fill(1))).toHaveLength(length);
    }
    expect(twice.computed()).toBe(2);
    const mean = {
      name: 'mean',
      compute: ({ a }: { a: tf.Tensor }) => ({ c: tf.div(tf.sum(a), a.size) }),
      batched: ['a'] as const,
    };
    for (const values of [[1, 2, 6], [4], [5, 6], [1, 2, 3]]) {
      const expected = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(tf.tidy(() => runner.run(mean, { a: tf.tensor1d(values) }).c.dataSync()[0])).toBe(expected);
    }
    expect(complaints).toEqual([]);
  });

  it('are one graph too where the size goes into shapes and zeros, as in gradients and models', () =>
    tf.tidy(() => {
      const model = createModel('resnet20', 32, 10);
      const weights = loadWeights(initialWeights(model, 1));
      const images = (length: number) => tf.randomUniform<tf.Rank.R4>([length, 32, 32, 3], -1, 1, 'float32', length);
      const explained = (id: string, layer: string) => ({
        model,
        method: chooseMethod(id),
        targetLayer: requireTargetLayer(model, layer),
      });
      const sums = {
        name: 'gradient of sums',
        batched: ['a'] as const,
        compute: ({ a }: { a: tf.Tensor4D }) => ({
          gradient: tf.grad((x) => tf.sum(tf.square(tf.mul(tf.mean(x, [1, 2], true), tf.reshape(x, a.shape)))))(a),
          padded: tf.concat([tf.reshape(a, [-1, 32]), tf.zeros([a.shape[0] * 96, 5])], 1),
        }),
      };
      const functions: Record<string, (x: tf.Tensor4D) => object> = {
        sums: (a) => runProgram(sums, { a }),
        forward: (x) => ({ logits: predict(model, weights, x) }),
        'maps of every class': (x) => mapsOfAllClasses(explained('layercam', 'layer2'), weights, x),
        'maps of one class': (x) => mapsOfOneClass(explained('xgradcam', 'layer2'), weights, x),
        'maps of several layers': (x) => mapsOfAllClasses(explained('layercam', 'mean(layer2,layer3)'), weights, x),
        'weights of each image': (x) => mapsOfAllClasses(explained('gradcam++', 'auto'), weights, x),
      };
      for (const [name, call] of Object.entries(functions)) {
        const valuesWith = (using: ProgramRunner) => {
          const before = useProgramRunner(using);
          const values = [1, 2, 5].map((length) =>
            tf
              .tidy(() => Object.values(call(images(length)) as tf.TensorContainerObject))
              .map((tensor) => {
                const { shape } = tensor as tf.Tensor;
                return { shape, values: (tensor as tf.Tensor).dataSync() };
              }),
          );
          useProgramRunner(before);
          return values;
        };
        const before = leftovers().sessions;
        const actual = valuesWith(runner).flat();
        expect(leftovers().sessions, name).toBe(before + 1);
        for (const [index, expected] of valuesWith(OPERATION_BY_OPERATION).flat().entries()) {
          expect(actual[index]?.shape, name).toEqual(expected.shape);
          expected.values.forEach((value, i) => expect(actual[index]?.values[i], name).toBeCloseTo(value, 4));
        }
        runner.dispose();
      }
      expect(complaints).toEqual([]);
    }));

  it('keep what is made of lasting inputs alone until these are others', () => {
    const twice = difference(2, { lasting: ['b'] });
    const call = (a: number, b: tf.Tensor): number | undefined =>
      tf.tidy(() => runner.run(twice.program, { a: tf.scalar(a), b }).c.dataSync()[0]);
    const before = leftovers();
    const [five, six] = [tf.scalar(5), tf.scalar(6)];
    expect([call(1, five), call(2, five), call(2, six), call(1, five)]).toEqual([-8, -6, -8, -8]);
    tf.dispose([five, six]);
    expect(leftovers()).toEqual({ ...before, native: before.native + 1, sessions: before.sessions + 1 });
    runner.dispose();
    expect(leftovers()).toEqual(before);
  });

  it('wait, where they are patient, until a graph would have paid', () => {
    const [patient, other] = [difference(2, { patient: true }), difference(3)];
    const computedAfterSix = (timeouts: Spent) => {
      runner.dispose();
      runner = start({ timeouts });
      const before = [patient.computed(), other.computed()] as const;
      for (const one of [1, 2, 3, 4, 5, 6]) {
        expect(run(patient, [one], [0])).toEqual([2 * one]);
        expect(run(other, [one], [0])).toEqual([3 * one]);
      }
      return [patient.computed() - before[0], other.computed() - before[1]];
    };
    expect(computedAfterSix({ calls: 4, milliseconds: 0 })).toEqual([5, 1]);
    expect(computedAfterSix({ calls: 0, milliseconds: 1e6 })).toEqual([6, 1]);
  });

  it('give back the graph that has not been used for longest', () => {
    const before = leftovers();
    const [one, two, three] = [difference(1), difference(2), difference(3)];
    for (const program of [one, two, one, three]) run(program, [1], [0]);
    expect(leftovers().sessions).toBe(before.sessions + 2);
    for (const program of [one, three]) run(program, [1], [0]);
    expect([one.computed(), two.computed(), three.computed()]).toEqual([1, 1, 1]);
    expect(run(two, [1], [0])).toEqual([2]);
    expect(two.computed()).toBe(2);
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

describe('batch norm', () => {
  const [gamma, beta, mean, variance] = [
    [1, 2],
    [0.5, -1],
    [3, -2],
    [4, 0.25],
  ].map((values) => Float32Array.from(values)) as [Float32Array, Float32Array, Float32Array, Float32Array];
  const normalise = (x: tf.Tensor4D): tf.Tensor4D =>
    tf.batchNorm4d(x, tf.tensor1d(mean), tf.tensor1d(variance), tf.tensor1d(beta), tf.tensor1d(gamma), 1e-5);
  const weights = (shape: number[]) =>
    tf.tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.cos(i)),
      shape,
    );
  const product = (x: tf.Tensor) => tf.matMul(tf.reshape<tf.Rank.R2>(x, [-1, 2]), weights([2, 2]));
  const shaped = (x: tf.Tensor): tf.Tensor4D => tf.reshape(x, [-1, 4, 5, 2]);

  const FOLDED: Record<string, (x: tf.Tensor4D) => tf.Tensor> = {
    convolution: (x) => normalise(tf.conv2d(x, weights([3, 3, 2, 2]) as tf.Tensor4D, 1, 'same')),
    'depthwise convolution': (x) => normalise(tf.depthwiseConv2d(x, weights([3, 3, 2, 1]) as tf.Tensor4D, 2, 'valid')),
    'product of matrices': (x) => tf.relu(normalise(shaped(product(x)))),
    'each of several layers': (x) => {
      // Numbers that are there before the first layer, and such as are not.
      const [a, b, c, d] = tf.split(weights([12]), [2, 3, 3, 4]) as [
        tf.Tensor1D,
        tf.Tensor1D,
        tf.Tensor1D,
        tf.Tensor1D,
      ];
      const variances = [tf.square(a), tf.square(b)] as [tf.Tensor1D, tf.Tensor1D];
      const filters = [weights([1, 1, 2, 2]), weights([3, 3, 2, 3]), weights([1, 1, 3, 2])] as tf.Tensor4D[];
      const convolve = (y: tf.Tensor4D, index: number) => tf.conv2d(y, filters[index] as tf.Tensor4D, 1, 'same');
      const first = tf.batchNorm4d(convolve(x, 0), a, variances[0], a, tf.slice(d, 1, 2), 1e-3);
      const second = tf.batchNorm4d(convolve(tf.relu(first), 1), b, variances[1], c, b, 1e-3);
      return normalise(convolve(tf.relu(second), 2));
    },
  };
  const LEFT: Record<string, (x: tf.Tensor4D) => tf.Tensor> = {
    'another operation': (x) => normalise(tf.relu(x)),
    'a layer of which the output is used twice': (x) => {
      const y = shaped(product(x));
      return tf.add(normalise(y), y);
    },
  };

  it.each([...Object.entries(FOLDED), ...Object.entries(LEFT)])('after %s gives the same in a graph', (name, layer) => {
    tf.tidy(() => {
      const x = weights([3, 4, 5, 2]) as tf.Tensor4D;
      const { graph, result } = record(backend, [x], () => ({ y: layer(x) }));
      const folded = foldBatchNorm(graph);
      const norms = folded.nodes.filter((node) => node.kind === 'operation' && node.op.startsWith('FusedBatchNorm'));
      expect(norms).toHaveLength(name in FOLDED ? 0 : 1);
      const session = openSession(backend, folded);
      const [y] = session.run([x]) as [tf.Tensor];
      expect(y.shape).toEqual(result.y.shape);
      const expected = result.y.dataSync();
      y.dataSync().forEach((value, index) => expect(value).toBeCloseTo(expected[index] as number, 4));
      session.dispose();
    });
  });
});

describe('3×3 convolutions over small maps', () => {
  type Shape = readonly [number, number, number, number];
  const weights = ([a, b, c, d]: Shape) => {
    const values = Float32Array.from({ length: a * b * c * d }, (_, index) => Math.sin(index) / 16);
    return tf.tensor4d(values, [a, b, c, d]);
  };
  const transformed = (x: tf.Tensor4D, filter: tf.Tensor4D, convolve: () => tf.Tensor) => {
    const { graph, result } = record(backend, [x, filter], () => ({ y: convolve() }));
    const faster = convolveSmallMaps(graph, graph.inputs.slice(1));
    const convolutions = faster.nodes.filter((node) => node.kind === 'operation' && node.op === 'Conv2D').length;
    const session = openSession(backend, faster, (index) => index === 1);
    const [y] = session.run([x, filter]) as [tf.Tensor];
    session.dispose();
    return { convolutions, y, expected: result.y };
  };

  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [4, 4],
  ])('of %i×%i positions are products of matrices, and the same', (height, width) => {
    tf.tidy(() => {
      const [x, filter] = [weights([3, height, width, 260]), weights([3, 3, 260, 256])];
      const { convolutions, y, expected } = transformed(x, filter, () => tf.conv2d(x, filter, 1, 'same'));
      expect([convolutions, y.shape]).toEqual([0, expected.shape]);
      const largest = tf.max(tf.abs(expected)).dataSync()[0] as number;
      expect(tf.max(tf.abs(tf.sub(y, expected))).dataSync()[0]).toBeLessThan(1e-5 * largest);
    });
  });

  const filter3 = [3, 3, 256, 256] as const;
  it.each<[string, Shape, Shape, 1 | 2, 'same' | 'valid']>([
    ['the map is larger', [1, 5, 4, 256], filter3, 1, 'same'],
    ['there are few channels', [1, 4, 4, 128], [3, 3, 128, 256], 1, 'same'],
    ['the filter is of another size', [1, 4, 4, 256], [1, 1, 256, 256], 1, 'same'],
    ['the stride is two', [1, 4, 4, 256], filter3, 2, 'same'],
    ['there are no zeros around', [1, 4, 4, 256], filter3, 1, 'valid'],
  ])('stay as they are where %s', (_, shape, filterShape, stride, padding) => {
    tf.tidy(() => {
      const [x, filter] = [weights(shape), weights(filterShape)];
      expect(transformed(x, filter, () => tf.conv2d(x, filter, stride, padding)).convolutions).toBe(1);
    });
  });

  it('stay as they are where the filter changes with each batch', () => {
    tf.tidy(() => {
      const [x, filter] = [weights([1, 4, 4, 256]), weights(filter3)];
      const changing = () => tf.conv2d(x, tf.mul<tf.Tensor4D>(filter, tf.sum(x)), 1, 'same');
      expect(transformed(x, filter, changing).convolutions).toBe(1);
    });
  });
});
