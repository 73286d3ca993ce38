/**
 * A small computation whose results are known, run before an engine is trusted: strided convolution, batch
 * normalisation, SiLU, depthwise convolution, and the gradients of all of them.
 */
import * as tf from '@tensorflow/tfjs-core';
import { batchNormTraining, convolve, convolveDepthwise, silu } from './operations';

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
  const found = await computeKnown();
  const scale = Math.max(...EXPECTED.map(Math.abs));
  const errors = EXPECTED.map((expected, index) => Math.abs((found[index] ?? NaN) - expected) / scale);
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

/** All differentiable: x [n, h, w, c], filter [3, 3, c, k], depthwise [3, 3, k, 1], gamma and beta [k]. */
type Inputs = [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];

function block(...[x, filter, depthwise, gamma, beta]: Inputs): tf.Tensor4D {
  const normalised = batchNormTraining(convolve(x, filter, 1), gamma, beta, EPSILON).output;
  return convolveDepthwise(silu(normalised), depthwise, 2);
}

async function computeKnown(): Promise<number[]> {
  const results = tf.tidy(() => {
    const inputs = [
      wave([2, 7, 5, 3], 0.7, 1),
      wave([3, 3, 3, 4], 1.3, 0.5),
      wave([3, 3, 4, 1], 1.7, 0.5),
      tf.add(1, wave([4], 0.9, 0.5)),
      wave([4], 1.1, 0.3),
    ];
    const weights = wave([2, 4, 3, 4], 0.3, 1);
    const loss = (...tensors: tf.Tensor[]): tf.Scalar => tf.sum(tf.mul(weights, block(...(tensors as Inputs))));
    const { value, grads } = tf.valueAndGrads(loss)(inputs);
    return [value, ...grads.map((gradient) => tf.sum(tf.mul(gradient, wave(gradient.shape, 0.37, 1))))];
  });
  const values = await Promise.all(results.map(async (tensor) => (await tensor.data())[0] ?? NaN));
  tf.dispose(results);
  return values;
}

/** @returns milliseconds */
async function timeStep(): Promise<number> {
  const inputs = [
    wave([16, 32, 32, 16], 0.7, 1),
    wave([3, 3, 16, 96], 1.3, 0.05),
    wave([3, 3, 96, 1], 1.7, 0.3),
    tf.ones([96]),
    tf.zeros([96]),
  ];
  const step = tf.valueAndGrads((...tensors) => tf.sum(block(...(tensors as Inputs))));
  const times: number[] = [];
  for (let round = 0; round < 6; round++) {
    const begin = performance.now();
    const { value, grads } = step(inputs);
    await Promise.all([value, ...grads].map((tensor) => tensor.data()));
    times.push(performance.now() - begin);
    tf.dispose([value, ...grads]);
  }
  tf.dispose(inputs);
  // The shortest, because other programs can only make it longer.
  return Math.min(...times);
}
