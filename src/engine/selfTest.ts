/**
 * A small computation whose results are known, run before an engine is trusted: strided convolution, batch
 * normalisation, SiLU, depthwise convolution, and the gradients of all of them. Operation by operation, and as the program
 * that an engine may make something faster of.
 */
import * as tf from '@tensorflow/tfjs-core';
import { batchNormTraining, convolve, convolveDepthwise, silu } from './operations';
import { OPERATION_BY_OPERATION, runProgram, type ProgramRunner } from './programs';

export interface SelfTestResult {
  readonly passed: boolean;
  /** The largest difference from the expected values, relative to the largest of them. */
  readonly error: number;
  /** The shortest time of a training step of a block, for comparing engines. */
  readonly milliseconds: number;
}

/**
 * The loss, and of the gradient of each input (image, filter, depthwise filter, γ, β) the product with a fixed wave.
 * Computed in double precision with PyTorch 2.13 from the same formulas.
 */
const EXPECTED = [
  0.6542962340607079, 0.4794056512239406, -0.5823510057211152, -15.069825739661502, -0.8502145447946594,
  -0.9286132408044748,
];
/** Float32 engines stay well below; a wrong padding, layout or formula is far above. */
const TOLERANCE = 1e-3;
const EPSILON = 1e-3;

export async function runSelfTest(): Promise<SelfTestResult> {
  const scale = Math.max(...EXPECTED.map(Math.abs));
  const errors: number[] = [];
  for (const way of [OPERATION_BY_OPERATION, { run: runProgram }]) {
    const found = await computeKnown(way);
    errors.push(...EXPECTED.map((expected, index) => Math.abs((found[index] ?? NaN) - expected) / scale));
  }
  // Not Math.max alone: NaN would pass the comparison below if it were asked the other way round.
  const error = Math.max(...errors);
  return { passed: error < TOLERANCE, error, milliseconds: await timeStep() };
}

/** amplitude · sin(frequency · i), i from 1, in row-major order. */
function wave(shape: number[], frequency: number, amplitude: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, (_, index) => amplitude * Math.sin(frequency * (index + 1)));
  return tf.tensor(values, shape);
}

interface Inputs {
  /** [n, h, w, c] */
  readonly x: tf.Tensor4D;
  /** [3, 3, c, k] */
  readonly filter: tf.Tensor4D;
  /** [3, 3, k, 1] */
  readonly depthwise: tf.Tensor4D;
  /** [k] */
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
}

function block({ x, filter, depthwise, gamma, beta }: Inputs): tf.Tensor4D {
  const normalised = batchNormTraining(convolve(x, filter, 1), gamma, beta, EPSILON).output;
  return convolveDepthwise(silu(normalised), depthwise, 2);
}

/** The loss, and its gradient by each input. */
function differentiate(inputs: Inputs, lossOf: (output: tf.Tensor4D) => tf.Scalar) {
  const names = ['x', 'filter', 'depthwise', 'gamma', 'beta'] as const;
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) =>
    lossOf(block(Object.fromEntries(names.map((name, index) => [name, tensors[index]])) as unknown as Inputs)),
  )(names.map((name) => inputs[name]));
  return { value, grads };
}

async function computeKnown(way: Pick<ProgramRunner, 'run'>): Promise<number[]> {
  const inputs = {
    x: wave([2, 7, 5, 3], 0.7, 1) as tf.Tensor4D,
    filter: wave([3, 3, 3, 4], 1.3, 0.5) as tf.Tensor4D,
    depthwise: wave([3, 3, 4, 1], 1.7, 0.5) as tf.Tensor4D,
    gamma: tf.tidy(() => tf.add<tf.Tensor1D>(1, wave([4], 0.9, 0.5))),
    beta: wave([4], 1.1, 0.3) as tf.Tensor1D,
  };
  const compute = (tensors: Inputs) => {
    const weights = wave([2, 4, 3, 4], 0.3, 1);
    const { value, grads } = differentiate(tensors, (output) => tf.sum(tf.mul(weights, output)));
    return {
      known: tf.stack([value, ...grads.map((gradient) => tf.sum(tf.mul(gradient, wave(gradient.shape, 0.37, 1))))]),
    };
  };
  const { known } = way.run({ name: 'known step of the self-test', compute }, inputs);
  const values = [...(await known.data())];
  tf.dispose([inputs, known]);
  return values;
}

/** @returns milliseconds */
async function timeStep(): Promise<number> {
  const inputs = {
    x: wave([16, 32, 32, 16], 0.7, 1) as tf.Tensor4D,
    filter: wave([3, 3, 16, 96], 1.3, 0.05) as tf.Tensor4D,
    depthwise: wave([3, 3, 96, 1], 1.7, 0.3) as tf.Tensor4D,
    gamma: tf.ones<tf.Rank.R1>([96]),
    beta: tf.zeros<tf.Rank.R1>([96]),
  };
  const compute = (tensors: Inputs) => {
    const { value, grads } = differentiate(tensors, (output) => tf.sum(output));
    return { value, ...Object.fromEntries(grads.map((gradient, index) => [`gradient${index}`, gradient])) };
  };
  const times: number[] = [];
  // The first few may prepare what makes the others fast.
  for (let round = 0; round < 8; round++) {
    const begin = performance.now();
    const results: tf.Tensor[] = Object.values(runProgram({ name: 'timed step of the self-test', compute }, inputs));
    await Promise.all(results.map((tensor) => tensor.data()));
    times.push(performance.now() - begin);
    tf.dispose(results);
  }
  tf.dispose(inputs);
  // The shortest, because other programs can only make it longer.
  return Math.min(...times);
}
