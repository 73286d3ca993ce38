/** What a study's settings mean to the engine. */
import { resolve } from 'node:path';
import { isFileNetwork, namedNetwork, type NetworkFile } from '../architectures';
import { cachedFile } from '../download/hub/cache';
import { hubFile } from '../download/hub/fetch';
import { trustedFile } from '../download/hub/file';
import type { Watch } from '../download/source';
import type { Run } from '../runs';
import { imagenetWeights, type Study } from '../study';
import type { InputSettings } from '../models/input';
import { createModel, type Model } from '../models/model';
import { initialWeights, type Weights } from '../models/weights';
import { readOnnxCheckpoint } from './onnx';
import { readPretrained, withClassifier, type Pretrained } from './pretrained';
import { remarksOn } from './remarks';

/** What a run's checkpoints are of: a model of as many classes as its data set has. */
export function modelOf({ study: { model }, network, manifest }: Pick<Run, 'study' | 'network' | 'manifest'>): Model {
  return createModel(network, model.inputSize, manifest.dataset.classNames.length);
}

export function inputOf({ model: { inputSize, normalization } }: Study): InputSettings {
  return { inputSize, mean: normalization.mean, std: normalization.std };
}

export interface WeightsWatch extends Watch {
  /** Told of what a person should know: what is downloaded, and what is not taken over. */
  readonly say?: ((text: string) => void) | undefined;
}

/**
 * The weights that a training starts from. Relative paths are meant from the study's folder. ImageNet's are fetched where
 * the hub's cache does not have them. A classifier of other classes than the model's is replaced by a fresh one.
 *
 * @throws InputError where a file is not what it should be; WorkError where a download failed; CancelledError
 */
export async function initialWeightsOf(
  study: Study,
  studyFolder: string,
  model: Model,
  watch: WeightsWatch = {},
): Promise<Weights> {
  const { weights } = study.model;
  const { seed } = study.training;
  if (weights === 'random') return initialWeights(model, seed);
  if (model.network.file !== undefined) return ofFile(model.network.file, model, seed, watch);
  const path = weights === 'imagenet' ? await fetchImagenetWeights(study, watch) : resolve(studyFolder, weights);
  return saying(await readPretrained(path, model, seed), model, watch);
}

async function ofFile({ path }: NetworkFile, model: Model, seed: number, watch: WeightsWatch): Promise<Weights> {
  const { stored } = await readOnnxCheckpoint(path, model.inputSize);
  return saying(withClassifier(stored, path, model, seed), model, watch);
}

function saying({ weights, network, replaced }: Pretrained, { classes }: Model, { say }: WeightsWatch): Weights {
  for (const remark of remarksOn(network)) say?.(remark);
  if (replaced !== undefined) say?.(`The classifier of ${replaced} classes is replaced by a fresh one of ${classes}.`);
  return weights;
}

const IMAGENET_CLASSES = 1000;

/** The path of the file, in the hub's cache. What is fetched is read as weights of the model before it is placed there. */
export async function fetchImagenetWeights(study: Study, watch: WeightsWatch = {}): Promise<string> {
  const { architecture: named } = study.model;
  const published = imagenetWeights(named);
  if (published === undefined || isFileNetwork(named))
    throw new Error(`no ImageNet weights for ${study.model.architecture}`);
  const wanted = trustedFile(published);
  if ((await cachedFile(wanted)).state === 'absent') {
    const megabytes = Math.round(published.bytes / 1e6);
    watch.say?.(`ImageNet weights: fetching ${wanted.repository} from the Hugging Face hub (${megabytes} MB, once).`);
  }
  const model = createModel(namedNetwork(named), study.model.inputSize, IMAGENET_CLASSES);
  const check = (path: string): Promise<unknown> => readPretrained(path, model, study.training.seed);
  return hubFile(wanted, { ...watch, check });
}
