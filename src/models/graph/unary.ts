/** Functions of one tensor, element by element, with the derivatives that PyTorch has, at the kinks too. */
import * as tf from '@tensorflow/tfjs-core';
import type { OperationOf, UnaryFunction } from '../../architectures';
import { silu } from '../../engine/operations';
import type { Inputs } from './operation';

type Elementwise = (x: tf.Tensor) => tf.Tensor;
type Table = {
  readonly [Name in UnaryFunction['name']]: (numbers: Extract<UnaryFunction, { name: Name }>) => Elementwise;
};

export function unary({ function: applied }: OperationOf<'unary'>, [x]: Inputs): tf.Tensor {
  const make = FUNCTIONS[applied.name] as (numbers: UnaryFunction) => Elementwise;
  return make(applied)(x as tf.Tensor);
}

const FUNCTIONS: Table = {
  relu: () => tf.relu,
  sigmoid: () => tf.sigmoid,
  silu: () => silu,
  tanh: () => tf.tanh,
  exp: () => tf.exp,
  log: () => tf.log,
  sqrt: () => tf.sqrt,
  reciprocal: () => tf.reciprocal,
  negate: () => tf.neg,
  absolute: () => withSlope(tf.abs, tf.sign),
  erf: () => tf.erf,
  softplus: () => withSlope(softplus, tf.sigmoid),
  softsign: () =>
    withSlope(
      (x) => tf.div(x, tf.add(tf.abs(x), 1)),
      (x) => tf.reciprocal(tf.square(tf.add(tf.abs(x), 1))),
    ),
  sine: () => tf.sin,
  cosine: () => tf.cos,
  floor: () => tf.floor,
  ceil: () => tf.ceil,
  round: () => tf.round,
  sign: () => tf.sign,
  hardSwish: () =>
    withSlope(
      (x) => tf.mul(x, tf.div(tf.clipByValue(tf.add(x, 3), 0, 6), 6)),
      (x) =>
        tf
          .mul(
            tf.add(tf.div(x, 3), 0.5),
            where(
              x,
              (y) => tf.greater(y, -3),
              (y) => tf.less(y, 3),
            ),
          )
          .add(where(x, (y) => tf.greaterEqual(y, 3))),
    ),
  mish: () =>
    withSlope(
      (x) => tf.mul(x, tf.tanh(softplus(x))),
      (x) => {
        const inner = tf.tanh(softplus(x));
        return tf.add(inner, tf.mul(tf.mul(x, tf.sigmoid(x)), tf.sub(1, tf.square(inner))));
      },
    ),
  gelu: () =>
    withSlope(
      (x) => tf.mul(x, normalProbability(x)),
      (x) => tf.add(normalProbability(x), tf.mul(x, tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(TURN)))),
    ),
  geluTanh: () =>
    withSlope(
      (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(geluInner(x)), 1)),
      (x) => {
        const inner = tf.tanh(geluInner(x));
        const innerSlope = tf.mul(tf.add(tf.mul(tf.square(x), 3 * GELU_CUBE), 1), Math.sqrt(4 / TURN));
        const bend = tf.mul(tf.mul(x, tf.sub(1, tf.square(inner))), innerSlope);
        return tf.mul(tf.add(tf.add(inner, 1), bend), 0.5);
      },
    ),
  leakyRelu:
    ({ alpha }) =>
    (x) =>
      tf.leakyRelu(x, alpha),
  elu: ({ alpha }) => elu(alpha),
  celu:
    ({ alpha }) =>
    (x) =>
      tf.mul(tf.elu(tf.div(x, alpha)), alpha),
  selu:
    ({ alpha, gamma }) =>
    (x) =>
      tf.mul(elu(alpha)(x), gamma),
  thresholdedRelu: ({ alpha }) => {
    const isAbove: Elementwise = (x) => where(x, (y) => tf.greater(y, alpha));
    return withSlope((x) => tf.mul(x, isAbove(x)), isAbove);
  },
  hardSigmoid: ({ alpha, beta }) => {
    const line: Elementwise = (x) => tf.add(tf.mul(x, alpha), beta);
    return withSlope(
      (x) => tf.clipByValue(line(x), 0, 1),
      (x) =>
        tf.mul(
          where(
            line(x),
            (y) => tf.greater(y, 0),
            (y) => tf.less(y, 1),
          ),
          alpha,
        ),
    );
  },
  // At the bounds as PyTorch's ReLU6 and Hardtanh have it, from which most of these come; its clamp has 1 there.
  clip: ({ minimum, maximum }) => {
    if (minimum === 0 && maximum > LARGEST_FLOAT) return tf.relu;
    return withSlope(
      (x) => tf.clipByValue(x, minimum, maximum),
      (x) =>
        where(
          x,
          (y) => tf.greater(y, minimum),
          (y) => tf.less(y, maximum),
        ),
    );
  },
};

/** float32's, nearly: files write it for "no bound". */
const LARGEST_FLOAT = 3.4e38;
/** 2π */
const TURN = 2 * Math.PI;
/** Hendrycks and Gimpel 2016. */
const GELU_CUBE = 0.044715;

/** A function with its derivative, by x. */
function withSlope(value: Elementwise, slope: Elementwise): Elementwise {
  return tf.customGrad((x, save) => {
    const [input, keep] = [x as tf.Tensor, save as tf.GradSaveFunc];
    keep([input]);
    return {
      value: value(input),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, slope(saved[0] as tf.Tensor)),
    };
  });
}

/** 1 where all conditions hold, else 0. */
function where(x: tf.Tensor, ...conditions: readonly Elementwise[]): tf.Tensor {
  return conditions.map((condition) => tf.cast(condition(x), 'float32')).reduce((a, b) => tf.mul(a, b));
}

/** Without overflow: max(x, 0) + log(1 + exp(−|x|)). */
function softplus(x: tf.Tensor): tf.Tensor {
  return tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
}

function elu(alpha: number): Elementwise {
  if (alpha === 1) return tf.elu;
  const below: Elementwise = (x) => tf.neg(tf.relu(tf.neg(x)));
  return withSlope(
    (x) => tf.add(tf.relu(x), tf.mul(tf.elu(below(x)), alpha)),
    (x) => {
      const isAbove = where(x, (y) => tf.greater(y, 0));
      return tf.add(isAbove, tf.mul(tf.sub(1, isAbove), tf.mul(tf.exp(below(x)), alpha)));
    },
  );
}

function normalProbability(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
}

function geluInner(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, tf.add(tf.mul(tf.square(x), GELU_CUBE), 1)), Math.sqrt(4 / TURN));
}
