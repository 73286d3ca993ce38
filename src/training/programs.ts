/** A training's programs: what the engine computes as a whole in every step. */
import * as tf from '@tensorflow/tfjs-core';
import type { Program } from '../engine/programs';
import type { TensorWeights } from '../models/forward';
import { describeModel, type Model } from '../models/model';
import { descend, differentiate, type Batch, type Differentiated, type Optimised, type Rates } from './step';

/** What a batch changes of a model by being met, and what is told of it. */
type Met = Omit<Differentiated, 'gradient'>;

/** The gradients of a step's micro-batches, each by its share of the images, added up: [parameterCount]. */
interface Gathered {
  readonly gathered: tf.Tensor1D;
}

type StepInputs = TensorWeights & Optimised & Batch & Rates;
type GatherInputs = TensorWeights & Gathered & Batch & { readonly share: tf.Scalar };
type UpdateInputs = Optimised & Gathered & Rates;

export interface TrainingPrograms {
  readonly step: Program<StepInputs, Optimised & Met>;
  readonly gather: Program<GatherInputs, Gathered & Met>;
  readonly update: Program<UpdateInputs, Optimised>;
}

export function trainingPrograms(model: Model): TrainingPrograms {
  const name = describeModel(model);
  return {
    step: {
      name: `training step of ${name}`,
      compute: (inputs) => {
        const { gradient, ...met } = differentiate(model, inputs, inputs);
        return { ...descend(inputs, gradient, inputs), ...met };
      },
    },
    gather: {
      name: `gradient of ${name}`,
      compute: (inputs) => {
        const { gradient, ...met } = differentiate(model, inputs, inputs);
        return { gathered: tf.add(inputs.gathered, tf.mul(gradient, inputs.share)), ...met };
      },
    },
    update: {
      name: `update of ${name}`,
      compute: (inputs) => descend(inputs, inputs.gathered, inputs),
    },
  };
}
