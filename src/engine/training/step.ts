import * as tf from '@tensorflow/tfjs-core';
import { runProgram } from '../backend/programs';
import { inferTraining, type TensorWeights } from '../models/forward';
import { describeModel, type Model } from '../models/model';

/** What a step changes, all in the engine. */
export interface TrainingState extends TensorWeights {
  /** SGD's momentum buffer, [parameterCount]. */
  readonly velocity: tf.Tensor1D;
}

export interface Batch {
  /** [n, size, size, 3], normalised. */
  readonly images: tf.Tensor4D;
  /** [n], int32. */
  readonly labels: tf.Tensor1D;
}

export interface Hyperparameters {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

export interface StepResult {
  readonly state: TrainingState;
  /** Mean cross-entropy of the batch before the step, a scalar. */
  readonly loss: tf.Scalar;
  /** How many of the batch were classified rightly before the step, a scalar. */
  readonly correct: tf.Scalar;
}

/** PyTorch's momentum of running statistics: new = 0.9·old + 0.1·batch. */
const STATISTICS_MOMENTUM = 0.1;

/**
 * One step of SGD in PyTorch's semantics: g ← ∇loss + weightDecay·p; v ← momentum·v + g; p ← p − learningRate·v, weight
 * decay on every parameter. A pure function: the given state is left as it is, and the caller disposes it.
 */
export function trainStep(model: Model, state: TrainingState, batch: Batch, hyper: Hyperparameters): StepResult {
  const rates = {
    learningRate: tf.scalar(hyper.learningRate),
    momentum: tf.scalar(hyper.momentum),
    weightDecay: tf.scalar(hyper.weightDecay),
  };
  const program = { name: `training step of ${describeModel(model)}`, compute: stepOf(model) };
  const { loss, correct, ...next } = runProgram(program, { ...state, ...batch, ...rates });
  tf.dispose(rates);
  return { state: next, loss, correct };
}

/** What goes into a step … */
type StepInputs = TrainingState & Batch & { readonly [Name in keyof Hyperparameters]: tf.Scalar };
/** … and what comes out of it. */
type StepOutputs = TrainingState & Omit<StepResult, 'state'>;

function stepOf(model: Model): (inputs: StepInputs) => StepOutputs {
  return ({ images, labels, learningRate, momentum, weightDecay, ...state }) => {
    let logits!: tf.Tensor2D;
    let means!: tf.Tensor1D;
    let variances!: tf.Tensor1D;
    const lossOf = (parameters: tf.Tensor): tf.Scalar => {
      const result = inferTraining(model, parameters as tf.Tensor1D, images);
      // They leave the gradient's scope by the side door, so they must be kept from its tidy, and disposed here.
      logits = tf.keep(result.logits);
      means = tf.keep(result.statistics.means);
      variances = tf.keep(result.statistics.variances);
      return crossEntropy(result.logits, labels);
    };
    const { value: loss, grad } = tf.valueAndGrad(lossOf)(state.parameters);
    const gradient = tf.add(grad, tf.mul(state.parameters, weightDecay));
    const velocity = tf.add<tf.Tensor1D>(tf.mul(state.velocity, momentum), gradient);
    const outputs = {
      parameters: tf.sub<tf.Tensor1D>(state.parameters, tf.mul(velocity, learningRate)),
      velocity,
      means: moveTowards(state.means, means),
      variances: moveTowards(state.variances, variances),
      loss,
      correct: countCorrect(logits, labels),
    };
    tf.dispose([logits, means, variances]);
    return outputs;
  };
}

/** Mean over the batch of −log softmax(logits)[label]. */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const target = tf.oneHot(labels, logits.shape[1]);
  return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(tf.logSoftmax(logits), target), 1)));
}

export function countCorrect(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'int32'));
}

function moveTowards(running: tf.Tensor1D, batch: tf.Tensor1D): tf.Tensor1D {
  return tf.add(tf.mul(running, 1 - STATISTICS_MOMENTUM), tf.mul(batch, STATISTICS_MOMENTUM));
}

export function disposeState({ parameters, means, variances, velocity }: TrainingState): void {
  tf.dispose([parameters, means, variances, velocity]);
}
