/** The maps of an explanation method for a batch of images: of every class, or of one class an image. */
import * as tf from '@tensorflow/tfjs-core';
import { runProgram } from '../../engine/programs';
import { methodKey } from '../../explanations';
import { WEIGHTS, weightsOnly, type TensorWeights } from '../../models/forward';
import { describeModel } from '../../models/model';
import { mapsInClosedForm } from './closedForm';
import { closedForm, type Explained } from './explained';
import { mapsByGradient } from './byGradient';

export interface MapsOfClasses {
  /** [n, classes] */
  readonly logits: tf.Tensor2D;
  /** [n, classes, height, width] */
  readonly maps: tf.Tensor4D;
}

export interface MapsOfOneClass {
  /** [n, classes] */
  readonly logits: tf.Tensor2D;
  /** [n, height, width] */
  readonly maps: tf.Tensor3D;
}

/**
 * The maps of every class for normalised images [n, size, size, 3]. The caller disposes both tensors.
 *
 * Behind average pooling and a linear layer they come from the forward pass alone, where the method has such a form; at
 * any other layer, from the gradients of all classes at once.
 */
export function mapsOfAllClasses(explained: Explained, weights: TensorWeights, images: tf.Tensor4D): MapsOfClasses {
  const channelWeights = closedForm(explained);
  const program = {
    ...HOW_OFTEN,
    name: `${describe(explained)} of every class`,
    compute: (inputs: TensorWeights & { images: tf.Tensor4D }): { logits: tf.Tensor2D; maps: tf.Tensor4D } =>
      channelWeights === undefined
        ? gradientMapsOfAllClasses(explained, inputs, inputs.images)
        : mapsInClosedForm(explained, channelWeights, inputs, inputs.images),
  };
  return runProgram(program, { ...weightsOnly(weights), images });
}

/**
 * As {@link mapsOfAllClasses}, of one class an image: where many images are compared, nine gradients in ten would be
 * for nothing.
 * @param targets the class of each image, int32 [n]; those predicted when absent
 */
export function mapsOfOneClass(
  explained: Explained,
  weights: TensorWeights,
  images: tf.Tensor4D,
  targets?: tf.Tensor1D,
): MapsOfOneClass {
  const inputs = { ...weightsOnly(weights), images };
  const name = describe(explained);
  if (targets === undefined) {
    const compute = (given: typeof inputs) => chosenMaps(explained, given, given.images);
    return runProgram({ ...HOW_OFTEN, name: `${name} of the predicted class`, compute }, inputs);
  }
  const compute = (given: typeof inputs & { targets: tf.Tensor1D }) =>
    chosenMaps(explained, given, given.images, given.targets);
  const batched = ['images', 'targets'] as const;
  return runProgram({ ...HOW_OFTEN, name: `${name} of given classes`, compute, batched }, { ...inputs, targets });
}

/** A few images are explained sooner without any preparation. */
const HOW_OFTEN = { lasting: WEIGHTS, batched: ['images'] as const, patient: true };

function describe({ model, method, targetLayer, signed = false }: Explained): string {
  return `${signed ? 'signed ' : ''}${JSON.stringify(methodKey(method))} at ${targetLayer.name} of ${describeModel(model)}`;
}

/**
 * By differentiation, at any layer: the reference that the closed form is held against. Each image goes on once for
 * each class, so that the gradients of all classes are one. Call it in a tidy.
 */
export function gradientMapsOfAllClasses(
  explained: Explained,
  weights: TensorWeights,
  images: tf.Tensor4D,
): { logits: tf.Tensor2D; maps: tf.Tensor4D } {
  const { classes } = explained.model;
  const { height, width } = explained.targetLayer;
  const ownClass = tf.reshape(tf.eye(classes), [classes, 1, classes]);
  // Images do not see each other in inference mode, so the sum over the batch keeps their gradients apart.
  const ofOwnClass = (logits: tf.Tensor2D): tf.Scalar =>
    tf.sum(tf.mul(tf.reshape(logits, [classes, -1, classes]), ownClass));
  const { logits, maps } = mapsByGradient(explained, weights, images, classes, ofOwnClass);
  return {
    logits: tf.reshape<tf.Rank.R2>(tf.slice(tf.reshape(logits, [classes, -1]), 0, 1), [-1, classes]),
    maps: tf.transpose<tf.Tensor4D>(tf.reshape(maps, [classes, -1, height, width]), [1, 0, 2, 3]),
  };
}

function chosenMaps(
  explained: Explained,
  weights: TensorWeights,
  images: tf.Tensor4D,
  targets?: tf.Tensor1D,
): { logits: tf.Tensor2D; maps: tf.Tensor3D } {
  const { model } = explained;
  const choose = (logits: tf.Tensor2D): tf.Tensor2D =>
    tf.cast(tf.oneHot(targets ?? tf.argMax<tf.Tensor1D>(logits, 1), model.classes), 'float32') as tf.Tensor2D;
  const channelWeights = closedForm(explained);
  if (channelWeights !== undefined) {
    const { logits, maps } = mapsInClosedForm(explained, channelWeights, weights, images);
    const chosen = tf.reshape(choose(logits), [-1, model.classes, 1, 1]);
    return { logits, maps: tf.sum<tf.Tensor3D>(tf.mul(maps, chosen), 1) };
  }
  const ofChosen = (logits: tf.Tensor2D, unchanged: tf.Tensor2D): tf.Scalar =>
    tf.sum(tf.mul(logits, choose(unchanged)));
  return mapsByGradient(explained, weights, images, 1, ofChosen);
}
