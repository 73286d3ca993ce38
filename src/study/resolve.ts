/** The defaults of a study that follow from its other fields. */
import { resolveAugmentation } from '../augmentations';
import { attacksOf } from './attacks';
import { benchmarksOf } from './benchmarksSchema';
import { defaultInputSize, NORMALIZATIONS, type Normalization } from './architectures';
import { kindOf } from '../datasets/datasetKinds';
import { studyNameOf } from './fileName';
import { measurementsOf } from './measurementsSchema';
import { resolveRecipe } from './recipes';
import { resolveResize } from './resizeSchema';
import type { Study, StudyFile } from './schema';

/** What the ONNX file that a study names says of its network. */
export interface NetworkFacts {
  readonly inputSize: number;
  /** Where its metadata say it. */
  readonly normalization: Normalization | undefined;
}

/** Puts in the defaults that follow from other fields. @param facts where the network is of an ONNX file that was read */
export function resolveStudy(file: StudyFile, fileName: string, facts?: NetworkFacts): Study {
  const { dataset, model, training, explain, perturbations } = file;
  const { random, test = [], train = [] } = explain.images;
  const { resize, parameters, ...explained } = explain;
  const { labels, ...trained } = training;
  const inputSize = model.inputSize ?? facts?.inputSize ?? defaultInputSize(model.architecture);
  return {
    name: file.name?.normalize('NFC') ?? studyNameOf(fileName),
    dataset: withSize(dataset, inputSize),
    model: {
      architecture: model.architecture,
      weights: model.weights,
      inputSize,
      normalization: resolveNormalization(model, dataset, facts),
    },
    // Studies that say what holds anyway are those that do not.
    training: resolveRecipe({
      ...trained,
      augmentation: resolveAugmentation(trained.augmentation, perturbations),
      ...(labels === 'permuted' ? { labels } : {}),
    }),
    explain: {
      ...explained,
      ...(parameters && { parameters: given(parameters) }),
      images: random === undefined ? { test, train } : { random },
      ...withResize(resize, file),
    },
    perturbations,
    ...benchmarksOf(file),
    ...measurementsOf(file),
    ...attacksOf(file),
  };
}

/** Image files are brought to the input as the pictures of the data set are, where the study says nothing else. */
function withResize(
  resize: StudyFile['explain']['resize'],
  { dataset, model }: StudyFile,
): Pick<Study['explain'], 'resize'> {
  if (resize !== undefined) return { resize: resolveResize(resize, model.architecture) };
  if (dataset.kind !== 'folder') return {};
  const { mode, cropFraction } = dataset;
  return { resize: resolveResize(mode === 'crop' ? { mode, cropFraction } : { mode }, model.architecture) };
}

/** Pictures are brought to the network's input where the study says no size. */
function withSize(dataset: StudyFile['dataset'], inputSize: number): StudyFile['dataset'] {
  return dataset.kind === 'folder' ? { ...dataset, size: dataset.size ?? inputSize } : dataset;
}

/** Those that are there. */
function given(parameters: NonNullable<StudyFile['explain']['parameters']>): Record<string, number | string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function resolveNormalization(
  { normalization, weights }: StudyFile['model'],
  dataset: StudyFile['dataset'],
  facts: NetworkFacts | undefined,
): Normalization {
  const usual = weights === 'imagenet' ? 'imagenet' : kindOf(dataset).normalization;
  const asked = normalization ?? facts?.normalization ?? usual;
  const { mean, std } = typeof asked === 'string' ? NORMALIZATIONS[asked] : asked;
  return { mean: [...mean], std: [...std] };
}
