/**
 * Adversarial training: each batch is replaced by its attacked self (Madry et al. 2018; in one step Goodfellow et al. 2015, with
 * a random start Wong et al. 2020). As in the authors' code the network is in training mode while it is attacked: batch norm
 * normalises by the batch, and its running statistics move with each pass.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '../common/random';
import type { Program } from '../engine/programs';
import { attackStep, type AttackSteps } from '../models/attack';
import { startOffsets } from '../models/attackDraws';
import type { TensorWeights } from '../models/forward';
import { unitToInput } from '../models/input';
import { describeModel, type Model } from '../models/model';
import type { EpochDraw } from './epochDraw';
import type { Recipe, TrainingAttack } from './recipe';
import { differentiatePixels } from './step';
import type { BatchLabels } from './targets';

export interface AttackInputs extends BatchLabels {
  /** Pixels in 0 … 1, [n, height, width, 3]: the batch's own. */
  readonly clean: tf.Tensor4D;
  /** As far as the attack has come. */
  readonly attacked: tf.Tensor4D;
}

type AttackOutputs = Omit<TensorWeights, 'parameters'> & Pick<AttackInputs, 'attacked'>;

export type AttackProgram = Program<TensorWeights & AttackInputs, AttackOutputs>;

/** One step of the attack, against the loss that the training has. */
export function attackProgram(model: Model, recipe: Recipe, attack: TrainingAttack): AttackProgram {
  return {
    name: `attack on ${describeModel(model)} with ${JSON.stringify([attack, recipe.labelSmoothing])}`,
    compute: (inputs) => {
      const toInput = (pixels: tf.Tensor4D): tf.Tensor4D => unitToInput(pixels, attack.input);
      const { gradient, ...statistics } = differentiatePixels(model, inputs, inputs.attacked, toInput, inputs, recipe);
      return { attacked: attackStep(inputs.attacked, gradient, inputs.clean, attack), ...statistics };
    },
  };
}

/**
 * Where the attacks of these images start, points of the unit ball: [n, height, width, 3]. The draws follow from the seed, the
 * epoch and the image.
 */
export function drawnOffsets(
  norm: AttackSteps['norm'],
  images: Uint32Array,
  { seed, epoch }: Pick<EpochDraw, 'seed' | 'epoch'>,
  length: number,
): Float32Array {
  const offsets = new Float32Array(images.length * length);
  for (const [at, image] of images.entries())
    offsets.set(startOffsets(norm, createRandom('attack start', seed, epoch, image), length), at * length);
  return offsets;
}
