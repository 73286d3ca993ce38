/** What a study's settings mean to the engine. */
import { resolve } from 'node:path';
import { cachedFile } from '../download/hub/cache';
import { hubFile } from '../download/hub/fetch';
import { trustedFile } from '../download/hub/file';
import type { Watch } from '../download/source';
import type { Run } from '../runs';
import { imagenetWeights, type Study } from '../study';
import type { InputSettings } from '../models/input';
import { createModel, type Model } from '../models/model';
import { initialWeights, type Weights } from '../models/weights';
import { readPretrained } from './pretrained';
import { remarksOn } from './remarks';

/** What a run's checkpoints are of: a model of as many classes as its data set has. */
export function modelOf({ study: { model }, manifest }: Pick<Run, 'study' | 'manifest'>): Model {
  return createModel(model.architecture, model.inputSize, manifest.dataset.classNames.length);
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
  const path = weights === 'imagenet' ? await fetchImagenetWeights(study, watch) : resolve(studyFolder, weights);
  const { weights: read, network, replaced } = await readPretrained(path, model, seed);
  for (const remark of remarksOn(network)) watch.say?.(remark);
  if (replaced !== undefined)
    watch.say?.(`The classifier of ${replaced} classes is replaced by a fresh one of ${model.classes}.`);
  return read;
}

const IMAGENET_CLASSES = 1000;

/** The path of the file, in the hub's cache. What is fetched is read as weights of the model before it is placed there. */
export async function fetchImagenetWeights(study: Study, watch: WeightsWatch = {}): Promise<string> {
  const published = imagenetWeights(study.model.architecture);
  if (published === undefined) throw new Error(`no ImageNet weights for ${study.model.architecture}`);
  const wanted = trustedFile(published);
  if ((await cachedFile(wanted)).state === 'absent') {
    const megabytes = Math.round(published.bytes / 1e6);
    watch.say?.(`ImageNet weights: fetching ${wanted.repository} from the Hugging Face hub (${megabytes} MB, once).`);
  }
  const { architecture, inputSize } = study.model;
  const model = createModel(architecture, inputSize, IMAGENET_CLASSES);
  const check = (path: string): Promise<unknown> => readPretrained(path, model, study.training.seed);
  return hubFile(wanted, { ...watch, check });
}
