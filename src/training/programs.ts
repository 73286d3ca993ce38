/** A training's programs: what the engine computes as a whole in every step. */
import * as tf from '@tensorflow/tfjs-core';
import type { Program } from '../engine/programs';
import type { TensorWeights } from '../models/forward';
import { describeModel, type Model } from '../models/model';
import { attackProgram, type AttackProgram } from './attacked';
import { averaged, type Averages } from './averages';
import type { Recipe } from './recipe';
import { descend, differentiate, type Batch, type Differentiated, type Optimised, type Rates } from './step';

/** What a batch changes of a model (its batch norm statistics), and its loss. */
type StepOutputs = Omit<Differentiated, 'gradient'>;

/** The gradients of a step's micro-batches, each by its share of the images, added up: [parameterCount]. */
interface Accumulated {
  readonly accumulated: tf.Tensor1D;
}

/** What stays in the engine from step to step; averages only where the recipe has them. */
export type TrainingState = TensorWeights & Optimised & Partial<Averages>;

/** What the optimiser is told with each step. */
export type UpdateRates = Rates & {
  /** See `averageRate`; absent where there are no averages. */
  readonly averageRate?: tf.Scalar;
};

type StepInputs = TrainingState & Batch & UpdateRates;
type AccumulateInputs = TrainingState & Accumulated & Batch & { readonly weight: tf.Scalar };
type UpdateInputs = TrainingState & Accumulated & UpdateRates;

export interface TrainingPrograms {
  readonly step: Program<StepInputs, Optimised & Partial<Averages> & StepOutputs>;
  readonly accumulate: Program<AccumulateInputs, Accumulated & StepOutputs>;
  readonly update: Program<UpdateInputs, Optimised & Partial<Averages>>;
  /** A step of the attack on a batch; undefined where batches are not attacked. */
  readonly attack: AttackProgram | undefined;
}

export function trainingPrograms(model: Model, recipe: Recipe): TrainingPrograms {
  const { nesterov, labelSmoothing } = recipe;
  const smoothed = labelSmoothing === 0 ? '' : ` with label smoothing ${labelSmoothing}`;
  const name = `${describeModel(model)}${smoothed}${nesterov ? ' with Nesterov momentum' : ''}`;
  return {
    step: {
      name: `training step of ${name}`,
      compute: (inputs) => {
        const { gradient, ...outputs } = differentiate(model, inputs, inputs, recipe);
        const optimised = descend(inputs, gradient, inputs, recipe);
        return { ...optimised, ...averagesOf(inputs, { ...outputs, ...optimised }), ...outputs };
      },
    },
    accumulate: {
      name: `gradient of ${name}`,
      compute: (inputs) => {
        const { gradient, ...outputs } = differentiate(model, inputs, inputs, recipe);
        return { accumulated: tf.add(inputs.accumulated, tf.mul(gradient, inputs.weight)), ...outputs };
      },
    },
    attack: recipe.attack && attackProgram(model, recipe, recipe.attack),
    update: {
      name: `update of ${name}`,
      compute: (inputs) => {
        const optimised = descend(inputs, inputs.accumulated, inputs, recipe);
        return { ...optimised, ...averagesOf(inputs, { ...inputs, ...optimised }) };
      },
    },
  };
}

/** The averages after a step; nothing where there are none. */
function averagesOf(inputs: Partial<Averages> & UpdateRates, weights: TensorWeights): Partial<Averages> {
  const { averagedParameters, averagedMeans, averagedVariances, averageRate: rate } = inputs;
  if (!averagedParameters || !averagedMeans || !averagedVariances || !rate) return {};
  return averaged({ averagedParameters, averagedMeans, averagedVariances }, weights, rate);
}
