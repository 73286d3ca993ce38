/**
 * Grad-CAM (Selvaraju et al. 2017): α_k = mean over positions of ∂y_c/∂A_k with y_c the logit, map = ReLU(Σ_k α_k·A_k),
 * in inference mode, at the target layer's own resolution and before any scaling.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { TargetLayer } from '../architectures';
import { runProgram } from '../engine/programs';
import { infer, WEIGHTS, weightsOnly, type LayerHook, type TensorWeights } from '../models/forward';
import { describeModel, type Model } from '../models/model';
import { closedFormLayer } from '../models/targetLayer';

export interface GradCamBatch {
  /** [n, classes] */
  readonly logits: tf.Tensor2D;
  /** [n, height, width, classes] */
  readonly maps: tf.Tensor4D;
}

/**
 * The maps of every class for a batch of normalised images [n, size, size, 3]. The caller disposes both tensors.
 *
 * At the last stage they come from the forward pass alone; at any other one, from the gradients of all classes by it.
 */
export function gradCam(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  targetLayer: TargetLayer,
): GradCamBatch {
  const program = {
    ...HOW_OFTEN,
    name: `Grad-CAM of every class at ${targetLayer.name} of ${describeModel(model)}`,
    compute: (inputs: TensorWeights & { images: tf.Tensor4D }): { [Name in keyof GradCamBatch]: GradCamBatch[Name] } =>
      targetLayer.name === closedFormLayer(model)?.name
        ? gradCamInClosedForm(model, inputs, inputs.images)
        : gradCamByGradient(model, inputs, inputs.images, targetLayer),
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
    const { name, height, width, channels } = closedFormLayer(model) as TargetLayer;
    let activations: tf.Tensor4D | undefined;
    const logits = infer(model, weights, images, (targetLayer, features) => {
      if (targetLayer === name) activations = features;
      return features;
    });
    const rows = tf.reshape(activations as tf.Tensor4D, [-1, channels]);
    const alphas = tf.div(classifierWeights(model, weights), height * width);
    const maps = tf.relu(tf.matMul<tf.Tensor2D>(rows as tf.Tensor2D, alphas as tf.Tensor2D));
    return { logits, maps: tf.reshape<tf.Rank.R4>(maps, [-1, height, width, model.classes]) };
  });
}

/**
 * By differentiation, at any stage: the reference that the closed form is held against. The feature map goes on once for
 * each class, so that the gradients of all classes are one.
 */
export function gradCamByGradient(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  targetLayer: TargetLayer,
): GradCamBatch {
  return tf.tidy(() => {
    const { classes } = model;
    const ownClass = tf.reshape(tf.eye(classes), [classes, 1, classes]);
    // Images do not see each other in inference mode, so the sum over the batch keeps their gradients apart.
    const ofClasses = (all: tf.Tensor2D): tf.Scalar =>
      tf.sum(tf.mul(tf.reshape(all, [classes, -1, classes]), ownClass));
    const { logits, activations, gradient } = differentiate(model, weights, images, targetLayer, classes, ofClasses);
    const { height, width, channels } = targetLayer;
    const alphas = tf.transpose(tf.reshape(tf.mean(gradient, [1, 2]), [classes, -1, channels]), [1, 2, 0]);
    const maps = tf.relu(tf.matMul(tf.reshape(activations, [-1, height * width, channels]), alphas));
    return {
      logits: tf.reshape<tf.Rank.R2>(tf.slice(tf.reshape(logits, [classes, -1]), 0, 1), [-1, classes]),
      maps: tf.reshape<tf.Rank.R4>(maps, [-1, height, width, classes]),
    };
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
  targetLayer: TargetLayer,
  targets?: tf.Tensor1D,
): ChosenMaps {
  const inputs = { ...weightsOnly(weights), images };
  const name = `Grad-CAM at ${targetLayer.name} of ${describeModel(model)}`;
  if (targets === undefined) {
    const compute = (given: typeof inputs) => chosenMaps(model, given, given.images, targetLayer);
    return runProgram({ ...HOW_OFTEN, name: `${name} of the predicted class`, compute }, inputs);
  }
  const compute = (given: typeof inputs & { targets: tf.Tensor1D }) =>
    chosenMaps(model, given, given.images, targetLayer, given.targets);
  const batched = ['images', 'targets'] as const;
  return runProgram({ ...HOW_OFTEN, name: `${name} of given classes`, compute, batched }, { ...inputs, targets });
}

function chosenMaps(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  targetLayer: TargetLayer,
  targets?: tf.Tensor1D,
): ChosenMaps {
  const choose = (logits: tf.Tensor2D): tf.Tensor2D =>
    tf.cast(tf.oneHot(targets ?? tf.argMax<tf.Tensor1D>(logits, 1), model.classes), 'float32') as tf.Tensor2D;
  if (targetLayer.name === closedFormLayer(model)?.name) {
    const { logits, maps } = gradCamInClosedForm(model, weights, images);
    const chosen = tf.reshape(choose(logits), [-1, 1, 1, model.classes]);
    return { logits, maps: tf.sum<tf.Tensor3D>(tf.mul(maps, chosen), 3) };
  }
  const ofChosen = (all: tf.Tensor2D): tf.Scalar => tf.sum(tf.mul(all, choose(all)));
  const { logits, activations, gradient } = differentiate(model, weights, images, targetLayer, 1, ofChosen);
  const alphas = tf.mean(gradient, [1, 2], true);
  return { logits, maps: tf.relu(tf.sum<tf.Tensor3D>(tf.mul(activations, alphas), 3)) };
}

interface Differentiated {
  /** [copies · n, classes] */
  readonly logits: tf.Tensor2D;
  /** [n, height, width, channels] */
  readonly activations: tf.Tensor4D;
  /** [copies · n, height, width, channels] */
  readonly gradient: tf.Tensor4D;
}

/**
 * The gradient by a stage's feature map. Call it in a tidy.
 * @param copies how often the feature map goes on from there, one batch after the other
 * @param ofLogits what is differentiated
 */
function differentiate(
  model: Model,
  weights: TensorWeights,
  images: tf.Tensor4D,
  targetLayer: TargetLayer,
  copies: number,
  ofLogits: (logits: tf.Tensor2D) => tf.Scalar,
): Differentiated {
  let activations!: tf.Tensor4D;
  let logits!: tf.Tensor2D;
  // The gradient by something added to the feature map is the gradient by the feature map.
  const objective = (added: tf.Tensor): tf.Scalar => {
    const hook: LayerHook = (name, features) => {
      if (name !== targetLayer.name) return features;
      activations = tf.keep(features);
      return tf.add(copies === 1 ? features : tf.tile(features, [copies, 1, 1, 1]), added);
    };
    logits = tf.keep(infer(model, weights, images, hook));
    return ofLogits(logits);
  };
  const { height, width, channels } = targetLayer;
  const gradient = tf.grad(objective)(tf.zeros([copies * images.shape[0], height, width, channels]));
  // They leave the gradient's scope by the side door: copies that the caller's tidy knows, as it does not know kept ones.
  const [given, seen] = [tf.clone(logits), tf.clone(activations)];
  tf.dispose([logits, activations]);
  return { logits: given, activations: seen, gradient: gradient as tf.Tensor4D };
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
