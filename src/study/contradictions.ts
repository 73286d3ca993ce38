/** What no single field of a study shows: fields that are right by themselves and not together. */
import { architecture, FILE_NETWORK, isFileNetwork } from '../architectures';
import { augmentationProblems } from '../augmentations';
import { chooseMethod, METHODS, parameterProblems } from '../explanations';
import { kindOf } from '../datasets/datasetKinds';
import { settingProblems } from '../perturbations';
import { defaultInputSize, IMAGENET_ARCHITECTURES } from './architectures';
import { attackContradictions } from './attacks';
import type { Contradiction } from './contradiction';
import { isOnnxFile } from './defaultArchitecture';
import { limitProblems } from './limitProblems';
import type { JsonPath } from './problem';
import { recipeContradictions } from './recipes';
import type { StudyFile } from './schema';

interface Rule {
  /** The fields that it compares. */
  readonly reads: readonly JsonPath[];
  readonly find: (file: StudyFile) => Contradiction[];
}

const RULES: readonly Rule[] = [
  { reads: [['model']], find: modelContradictions },
  { reads: [['model']], find: inputContradictions },
  {
    reads: [
      ['training', 'epochs'],
      ['explain', 'checkpoints'],
    ],
    find: epochContradictions,
  },
  {
    reads: [
      ['training', 'epochs'],
      ['training', 'warmupEpochs'],
    ],
    find: warmupContradictions,
  },
  {
    reads: [
      ['training', 'batchSize'],
      ['training', 'microBatchSize'],
    ],
    find: batchContradictions,
  },
  { reads: [['dataset'], ['training', 'augmentation'], ['model', 'inputSize']], find: augmentationContradictions },
  {
    reads: [
      ['explain', 'method'],
      ['explain', 'parameters'],
      ['model', 'inputSize'],
    ],
    find: parameterContradictions,
  },
  { reads: [['training']], find: recipeContradictions },
  { reads: [['explain', 'images']], find: imageContradictions },
  { reads: [['explain', 'resize']], find: resizeContradictions },
  { reads: [], find: perturbationContradictions },
  { reads: [['attacks']], find: attackContradictions },
  { reads: [], find: limitProblems },
];

/**
 * What no single field shows: fields that are right by themselves and not together.
 * @param isKnown whether the fields of a rule could be read
 */
export function contradictions(
  file: StudyFile,
  isKnown: (fields: readonly JsonPath[]) => boolean = () => true,
): Contradiction[] {
  return RULES.filter(({ reads }) => isKnown(reads)).flatMap(({ find }) => find(file));
}

function inputContradictions({ model: { architecture: name, inputSize = 0 } }: StudyFile): Contradiction[] {
  // What the network of a file takes is known once it is read.
  const { largestInputSize = Infinity } = isFileNetwork(name) ? {} : architecture(name);
  if (inputSize <= largestInputSize) return [];
  return [
    {
      path: ['model', 'inputSize'],
      summary: `${name} takes no inputs of this size`,
      found: String(inputSize),
      expected: `at most ${largestInputSize}`,
    },
  ];
}

function modelContradictions({ model: { weights, architecture } }: StudyFile): Contradiction[] {
  if (isFileNetwork(architecture) !== isOnnxFile(weights)) return [fileContradiction(architecture, weights)];
  if (isFileNetwork(architecture) || weights !== 'imagenet' || IMAGENET_ARCHITECTURES.includes(architecture)) return [];
  return [
    {
      path: ['model', 'weights'],
      summary: `there are no ImageNet weights for ${architecture}`,
      found: '"imagenet"',
      expected: '"random" or the path of a file of weights',
      advice: `ImageNet weights exist for ${IMAGENET_ARCHITECTURES.join(' and ')}.`,
    },
  ];
}

function fileContradiction(architecture: string, weights: string): Contradiction {
  return isOnnxFile(weights)
    ? {
        path: ['model', 'architecture'],
        summary: 'an ONNX file as weights of another network',
        found: JSON.stringify(architecture),
        expected: `"${FILE_NETWORK}", or no "architecture"`,
        advice: 'An ONNX file is the network as well as its weights.',
      }
    : {
        path: ['model', 'weights'],
        summary: 'the network of an ONNX file without the file',
        found: JSON.stringify(weights),
        expected: 'the path of an .onnx file',
      };
}

function epochContradictions({ training: { epochs }, explain: { checkpoints } }: StudyFile): Contradiction[] {
  if (checkpoints === 'all') return [];
  return checkpoints.flatMap((epoch, index) =>
    epoch <= epochs
      ? []
      : [
          {
            path: ['explain', 'checkpoints', index],
            summary: 'training ends before this epoch',
            found: String(epoch),
            expected: `an epoch from 0 to ${String(epochs)}, the value of training.epochs`,
          },
        ],
  );
}

function warmupContradictions({ training: { epochs, warmupEpochs } }: StudyFile): Contradiction[] {
  if (warmupEpochs <= epochs) return [];
  return [
    {
      path: ['training', 'warmupEpochs'],
      summary: 'the warm-up is longer than the training',
      found: String(warmupEpochs),
      expected: `at most ${String(epochs)}, the value of training.epochs`,
    },
  ];
}

function batchContradictions({ training: { batchSize, microBatchSize = 1 } }: StudyFile): Contradiction[] {
  if (microBatchSize <= batchSize) return [];
  return [
    {
      path: ['training', 'microBatchSize'],
      summary: 'the parts of a batch are larger than the batch',
      found: String(microBatchSize),
      expected: `at most ${String(batchSize)}, the value of training.batchSize`,
    },
  ];
}

function augmentationContradictions({ dataset, model, training, perturbations }: StudyFile): Contradiction[] {
  const side = dataset.kind === 'folder' ? (dataset.size ?? model.inputSize) : kindOf(dataset).side;
  const size = side === undefined ? undefined : { height: side, width: side };
  return augmentationProblems(training.augmentation, perturbations, size).map((problem) => ({
    ...problem,
    path: ['training', 'augmentation', ...problem.path],
  }));
}

function parameterContradictions({ model, explain }: StudyFile): Contradiction[] {
  const method = METHODS.find(({ id }) => id === explain.method);
  if (method === undefined || explain.parameters === undefined) return [];
  const problems = parameterProblems(method, explain.parameters);
  const side = model.inputSize ?? defaultInputSize(model.architecture);
  const unfit =
    problems.length > 0
      ? undefined
      : method.problem?.(chooseMethod(method.id, explain.parameters).parameters, { height: side, width: side });
  return [...problems, ...(unfit === undefined ? [] : [unfit])].map(({ parameter, found, expected }) => ({
    path: ['explain', 'parameters', parameter],
    summary: `${method.name} does not take this parameter`,
    found,
    expected,
  }));
}

function imageContradictions({ explain: { images } }: StudyFile): Contradiction[] {
  const listed = [...(images.test ?? []), ...(images.train ?? [])].length;
  const path = ['explain', 'images'];
  if (images.random === undefined && listed === 0) {
    return [{ path, summary: 'no image is chosen', expected: 'indices in "test" or "train", or a number in "random"' }];
  }
  if (images.random !== undefined && listed > 0) {
    return [
      {
        path,
        summary: 'images are chosen both by index and at random',
        expected: 'either "random", or "test" and "train"',
      },
    ];
  }
  return [];
}

function resizeContradictions({ explain: { resize } }: StudyFile): Contradiction[] {
  if (typeof resize !== 'object' || resize.cropFraction === undefined || resize.mode === 'crop') return [];
  return [
    {
      path: ['explain', 'resize', 'cropFraction'],
      summary: `nothing is cropped where pictures are resized by "${resize.mode}"`,
      found: String(resize.cropFraction),
      expected: 'no "cropFraction", or "crop" as "mode"',
    },
  ];
}

function perturbationContradictions({ perturbations }: StudyFile): Contradiction[] {
  return perturbations.flatMap((perturbation, index) =>
    settingProblems(perturbation).map(({ path, summary, found, expected }) => ({
      path: ['perturbations', index, ...path],
      summary,
      found,
      expected,
    })),
  );
}
