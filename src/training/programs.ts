/** A training's programs: what the engine computes as a whole in every step. */
import * as tf from '@tensorflow/tfjs-core';
import type { Program } from '../engine/programs';
import type { TensorWeights } from '../models/forward';
import { describeModel, type Model } from '../models/model';
import { descend, differentiate, type Batch, type Differentiated, type Optimised, type Rates } from './step';

/** What a batch changes of a model (its batch norm statistics), and its loss. */
type StepOutputs = Omit<Differentiated, 'gradient'>;

/** The gradients of a step's micro-batches, each by its share of the images, added up: [parameterCount]. */
interface Accumulated {
  readonly accumulated: tf.Tensor1D;
}

type StepInputs = TensorWeights & Optimised & Batch & Rates;
type AccumulateInputs = TensorWeights & Accumulated & Batch & { readonly weight: tf.Scalar };
type UpdateInputs = Optimised & Accumulated & Rates;

export interface TrainingPrograms {
  readonly step: Program<StepInputs, Optimised & StepOutputs>;
  readonly accumulate: Program<AccumulateInputs, Accumulated & StepOutputs>;
  readonly update: Program<UpdateInputs, Optimised>;
}

export function trainingPrograms(model: Model): TrainingPrograms {
  const name = describeModel(model);
  return {
    step: {
      name: `training step of ${name}`,
      compute: (inputs) => {
        const { gradient, ...outputs } = differentiate(model, inputs, inputs);
        return { ...descend(inputs, gradient, inputs), ...outputs };
      },
    },
    accumulate: {
      name: `gradient of ${name}`,
      compute: (inputs) => {
        const { gradient, ...outputs } = differentiate(model, inputs, inputs);
        return { accumulated: tf.add(inputs.accumulated, tf.mul(gradient, inputs.weight)), ...outputs };
      },
    },
    update: {
      name: `update of ${name}`,
      compute: (inputs) => descend(inputs, inputs.accumulated, inputs),
    },
  };
}
