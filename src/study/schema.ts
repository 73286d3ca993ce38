/** The study file as it is written (`writtenStudySchema`), of one model (`studyFileSchema`), and with defaults (`Study`). */
import * as z from 'zod';
import type { NetworkName } from '../architectures';
import { attacksSchema } from './attackSchema';
import type { ResolvedAttack } from './attacks';
import { benchmarksSchema, type BenchmarkSettings } from './benchmarksSchema';
import { perturbationSchema, type Perturbation } from '../perturbations';
import type { Normalization } from './architectures';
import { datasetSchema, type DatasetSettings } from '../datasets/datasetKinds';
import { explainSchema } from './explainSchema';
import { loggingSchema, type LoggingSettings } from './loggingSchema';
import { measurementSchemas, type Measurements } from './measurementsSchema';
import { modelSchema } from './modelSchema';
import { fitsFolderName, LONGEST_NAME, NAME_PATTERN, NAME_RULE } from './name';
import type { JsonPath } from './problem';
import type { ResizeSettings } from './resizeSchema';
import { sweepSchema } from './sweep/schema';
import { trainingSchema, type TrainingSettings } from './trainingSchema';

const nameSchema = z
  .string()
  .max(LONGEST_NAME)
  .regex(NAME_PATTERN)
  // Of what is too long anyway, one problem is enough.
  .refine((name) => name.length > LONGEST_NAME || fitsFolderName(name))
  .optional()
  .meta({
    description: "The study's name, and its folder under .epochlens/runs.",
    absent: "the file's name",
    patternErrorMessage: NAME_RULE,
    examples: ['cifar10-efficientnet-b0'],
  });

/** Of tests of robustness in a study. */
export const MOST_PERTURBATIONS = 100;

export const studyFileSchema = z
  .strictObject({
    $schema: z
      .string()
      .max(4096)
      .optional()
      .meta({ description: 'The JSON schema to complete and check this file by.', absent: 'that of the extension' }),
    name: nameSchema,
    dataset: datasetSchema.prefault({ kind: 'synthetic' }),
    model: modelSchema.prefault({}),
    training: trainingSchema.prefault({}),
    explain: explainSchema.prefault({}),
    perturbations: z.array(perturbationSchema).max(MOST_PERTURBATIONS).default([]).meta({
      description: 'Tests of robustness: each perturbs the test images and measures what changes.',
      absent: 'none',
    }),
    benchmarks: benchmarksSchema,
    attacks: attacksSchema,
    ...measurementSchemas,
  })
  .meta({ title: 'EpochLens study', description: 'What to train, on what, and what to look at afterwards.' });
/** A study of one model, as a file has it; what is derived from other fields may be absent. */
export type StudyFile = z.output<typeof studyFileSchema>;

/** More are hardly compared, and are mostly a mistake. */
const MOST_MODELS = 20;

/** A study file as it is written: it may name several models, and is then a study of each. */
export const writtenStudySchema = studyFileSchema
  .extend({
    model: z
      .union([modelSchema, z.array(modelSchema).min(1).max(MOST_MODELS)])
      .prefault({})
      .meta({
        description:
          'The network and what it starts from; or a list of networks, each trained and tested by the same study to be compared.',
        absent: 'a resnet20 from random weights',
        examples: [[{ architecture: 'efficientnet_b0' }, { architecture: 'resnet18' }]],
      }),
    sweep: sweepSchema,
    logging: loggingSchema,
  })
  .meta({ title: 'EpochLens study', description: 'What to train, on what, and what to look at afterwards.' });
export type WrittenStudy = z.output<typeof writtenStudySchema>;

export interface ModelSettings {
  architecture: NetworkName;
  /** 'random', 'imagenet', or the path of a file of weights or an ONNX file, absolute or relative to the study file. */
  weights: string;
  /** Pixels a side. */
  inputSize: number;
  normalization: Normalization;
}

/** The images to explain: by index into the test and training images, or so many at random. */
export type ExplainedImages = { test: number[]; train: number[] } | { random: number };

export interface ExplainSettings {
  /** Epochs in the order asked for. */
  checkpoints: 'all' | number[];
  images: ExplainedImages;
  /** An explanation method's id. */
  method: string;
  /** Those that differ from the method's defaults. */
  parameters?: Record<string, number | string>;
  /** How image files are brought to the input; absent in studies of earlier versions, whose files are stretched. */
  resize?: ResizeSettings;
  /** 'auto' or a target layer's name. */
  layer: string;
}

/** A study with every default in. Its JSON is a study file again, and means the same. */
export interface Study extends Measurements {
  name: string;
  dataset: DatasetSettings;
  model: ModelSettings;
  training: TrainingSettings;
  explain: ExplainSettings;
  perturbations: Perturbation[];
  /** Absent where the study names none. */
  benchmarks?: BenchmarkSettings[];
  /** Absent where the study names none. */
  attacks?: ResolvedAttack[];
}

/** A study and where it was read from: relative paths in it are relative to `folder`. */
export interface LocatedStudy {
  study: Study;
  /** The absolute path of the study file. */
  path: string;
  /** The absolute path of its folder. */
  folder: string;
  /** Where in the file its model is described: it may be one of several. */
  modelPath: JsonPath;
  /** Of the file; absent where it says nothing. */
  logging?: LoggingSettings;
}
