/** What a study's settings mean to the engine. */
import { resolve } from 'node:path';
import { InputError } from '../common/errors';
import type { Study } from '../study';
import type { InputSettings } from './data';
import { createModel, type Model } from './models/model';
import { initialWeights, type Weights } from './models/weights';
import { readCheckpoint } from './weights/checkpoint';

export function modelOf({ model }: Study): Model {
  return createModel(model.architecture, model.inputSize);
}

export function inputOf({ model: { inputSize, normalization } }: Study): InputSettings {
  return { inputSize, mean: normalization.mean, std: normalization.std };
}

/** The weights that a training starts from. Relative paths are meant from the study's folder. */
export async function initialWeightsOf(study: Study, studyFolder: string, model: Model): Promise<Weights> {
  const { weights } = study.model;
  if (weights === 'random') return initialWeights(model, study.training.seed);
  if (weights === 'imagenet') {
    throw new InputError('ImageNet weights are not fetched by this version', {
      place: 'model.weights',
      found: '"imagenet"',
      expected: '"random" or the path of a .safetensors file',
    });
  }
  return (await readCheckpoint(resolve(studyFolder, weights), model)).weights;
}
