/**
 * Grad-CAM (Selvaraju et al. 2017): α_k = mean over positions of ∂y_c/∂A_k with y_c the logit, map = ReLU(Σ_k α_k·A_k),
 * in inference mode, at the target layer's own resolution and before any scaling.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { StageDeclaration } from '../../architectures';
import { runProgram } from '../backend/programs';
import { infer, WEIGHTS, weightsOnly, type StageHook, type TensorWeights } from '../models/forward';
import { describeModel, type Model } from '../models/model';
import { lastStage } from './targetLayer';

export interface GradCamBatch {
  /** [n, classes] */
  readonly logits: tf.Tensor2D;
  /** [n, height, width, classes] */
  readonly maps: tf.Tensor4D;
}

/**
 * The maps of every class for a batch of normalised images [n, size, size, 3]. The caller disposes both tensors.
 *
 * At the last stage they come from the forward pass alone; at any other one, from a gradient a class.
 */
export function gradCam(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  stage: StageDeclaration,
): GradCamBatch {
  const program = {
    ...HOW_OFTEN,
    name: `Grad-CAM of every class at ${stage.name} of ${describeModel(model)}`,
    compute: (inputs: TensorWeights & { images: tf.Tensor4D }): { [Name in keyof GradCamBatch]: GradCamBatch[Name] } =>
      stage.name === lastStage(model).name
        ? gradCamInClosedForm(model, inputs, inputs.images)
        : gradCamByGradient(model, inputs, inputs.images, stage),
  };
  return runProgram(program, { ...weightsOnly(weights), images });
}

/** A few images are explained sooner without any preparation. */
const HOW_OFTEN = { lasting: WEIGHTS, batched: ['images'] as const, patient: true };

/**
 * Where a linear classifier follows global average pooling, ∂y_c/∂A_k is W_kc/(h·w) at every position: all maps are one
 * product of the activations with the classifier's weights.
 */
export function gradCamInClosedForm(model: Model, weights: TensorWeights, images: tf.Tensor4D): GradCamBatch {
  return tf.tidy(() => {
    const { name, height, width, channels } = lastStage(model);
    let activations: tf.Tensor4D | undefined;
    const logits = infer(model, weights, images, (stage, features) => {
      if (stage === name) activations = features;
      return features;
    });
    const rows = tf.reshape(activations as tf.Tensor4D, [-1, channels]);
    const alphas = tf.div(classifierWeights(model, weights), height * width);
    const maps = tf.relu(tf.matMul<tf.Tensor2D>(rows as tf.Tensor2D, alphas as tf.Tensor2D));
    return { logits, maps: tf.reshape<tf.Rank.R4>(maps, [-1, height, width, model.classes]) };
  });
}

/** By differentiation, at any stage: the reference that the closed form is held against. */
export function gradCamByGradient(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  stage: StageDeclaration,
): GradCamBatch {
  return tf.tidy(() => {
    const logits = infer(model, weights, images);
    const maps: tf.Tensor3D[] = [];
    for (let target = 0; target < model.classes; target++) {
      // Images do not see each other in inference mode, so the sum over the batch keeps their gradients apart.
      const ofTarget = (all: tf.Tensor2D): tf.Scalar => tf.sum(tf.slice(all, [0, target], [-1, 1]));
      maps.push(mapOf(model, weights, images, stage, ofTarget));
    }
    return { logits, maps: tf.stack(maps, 3) as tf.Tensor4D };
  });
}

/** One map an image, of one class. */
export interface ChosenMaps {
  /** [n, classes] */
  readonly logits: tf.Tensor2D;
  /** [n, height, width] */
  readonly maps: tf.Tensor3D;
}

/**
 * As {@link gradCam}, of one class an image: where many images are compared, nine gradients in ten would be for nothing.
 * @param targets the class of each image, int32 [n]; those predicted when absent
 */
export function gradCamOfClasses(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  stage: StageDeclaration,
  targets?: tf.Tensor1D,
): ChosenMaps {
  const inputs = { ...weightsOnly(weights), images };
  const name = `Grad-CAM at ${stage.name} of ${describeModel(model)}`;
  if (targets === undefined) {
    const compute = (given: typeof inputs) => chosenMaps(model, given, given.images, stage);
    return runProgram({ ...HOW_OFTEN, name: `${name} of the predicted class`, compute }, inputs);
  }
  const compute = (given: typeof inputs & { targets: tf.Tensor1D }) =>
    chosenMaps(model, given, given.images, stage, given.targets);
  const batched = ['images', 'targets'] as const;
  return runProgram({ ...HOW_OFTEN, name: `${name} of given classes`, compute, batched }, { ...inputs, targets });
}

function chosenMaps(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  stage: StageDeclaration,
  targets?: tf.Tensor1D,
): ChosenMaps {
  const choose = (logits: tf.Tensor2D): tf.Tensor2D =>
    tf.cast(tf.oneHot(targets ?? tf.argMax<tf.Tensor1D>(logits, 1), model.classes), 'float32') as tf.Tensor2D;
  if (stage.name === lastStage(model).name) {
    const { logits, maps } = gradCamInClosedForm(model, weights, images);
    const chosen = tf.reshape(choose(logits), [-1, 1, 1, model.classes]);
    return { logits, maps: tf.sum<tf.Tensor3D>(tf.mul(maps, chosen), 3) };
  }
  const logits = infer(model, weights, images);
  const chosen = choose(logits);
  return { logits, maps: mapOf(model, weights, images, stage, (all) => tf.sum(tf.mul(all, chosen))) };
}

/** @param ofLogits what is differentiated: one logit of each image, summed. @returns [n, height, width] */
function mapOf(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  stage: StageDeclaration,
  ofLogits: (logits: tf.Tensor2D) => tf.Scalar,
): tf.Tensor3D {
  return tf.tidy(() => {
    let activations!: tf.Tensor4D;
    // The gradient by something added to the feature map is the gradient by the feature map.
    const logit = (added: tf.Tensor): tf.Scalar => {
      const hook: StageHook = (name, features) => {
        if (name !== stage.name) return features;
        activations = tf.keep(features);
        return tf.add(features, added);
      };
      return ofLogits(infer(model, weights, images, hook));
    };
    const { height, width, channels } = stage;
    const gradient = tf.grad(logit)(tf.zeros([images.shape[0], height, width, channels]));
    const alphas = tf.mean(gradient, [1, 2], true);
    const map = tf.relu(tf.sum<tf.Tensor3D>(tf.mul(activations, alphas), 3));
    activations.dispose();
    return map;
  });
}

/** The classifier's weights, [channels, classes]. */
function classifierWeights(model: Model, weights: TensorWeights): tf.Tensor2D {
  let offset = 0;
  for (const { tensor, shape, length } of model.parameters) {
    if (tensor.role === 'linear')
      return tf.reshape<tf.Rank.R2>(tf.slice(weights.parameters, offset, length), shape as [number, number]);
    offset += length;
  }
  throw new Error(`${model.architecture} has no linear classifier`);
}
