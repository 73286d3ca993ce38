/** What the engine process answers. Raw numbers travel; colours, opacity and scaling are the viewer's. */
import * as z from 'zod/mini';
import { COMPUTATION_REQUESTS, JOBS } from '../computations/schema';
import { imageReferenceSchema, setName } from '../computations/images/schema';
import { bytes, index, path } from '../common/schemas';
import type { Contract, RequestContract } from './contract';

export type { ExplainedImage, ImageReference, OriginalPicture, Picture, SetName } from '../computations/images/schema';
export type { ExplainMaps, ExplainProgress, ExplainStart } from '../computations/heatmaps/schema';
export type { Agreement } from '../computations/agreement/schema';
export type { Attention, AttentionImage } from '../computations/drift/schema';
export type {
  Faithfulness,
  FaithfulnessProgress,
  FaithfulnessResult,
  FaithfulnessStart,
} from '../computations/faithfulness/schema';
export type { Localisation, LocalisationProgress, LocalisationResult } from '../computations/localisation/schema';
export type { PerturbedProgress, SimilarityValues } from '../computations/perturbed/schema';
export type { Sanity, SanityMethod, SanityProgress } from '../computations/sanity/schema';
export type { RobustnessEntry, RobustnessProgress, RobustnessResultMessage } from '../computations/robustness/schema';

/** Where images are from: what a run was trained on, what a study file names, or one batch file of CIFAR-10 or CIFAR-100. */
export const dataSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), folder: path }),
  z.strictObject({ kind: z.literal('study'), file: path }),
  z.strictObject({ kind: z.literal('batch'), file: path }),
]);
export type DataSource = z.output<typeof dataSourceSchema>;

const startedEngineSchema = z.object({
  name: z.string(),
  /** Such as "TensorFlow 2.21.0". */
  version: z.string(),
  /** "CPU" or the graphics card's name. */
  device: z.string(),
  /** Why this one was taken, for a person to read. */
  reason: z.string(),
});
export type StartedEngine = z.output<typeof startedEngineSchema>;

const engineReportSchema = z.discriminatedUnion('usable', [
  z.object({
    name: z.string(),
    usable: z.literal(true),
    version: z.string(),
    device: z.string(),
    selfTestMilliseconds: z.number(),
  }),
  z.object({ name: z.string(), usable: z.literal(false), reason: z.string(), advice: z.optional(z.string()) }),
]);
export type EngineReport = z.output<typeof engineReportSchema>;

const setInfoSchema = z.object({
  count: index,
  height: index,
  width: index,
  /** The classes' numbers, [count]. */
  labels: bytes,
});
export type SetInfo = z.output<typeof setInfoSchema>;

/** The request waits: for a job of another request, or, after that, no longer. */
const waitingSchema = z.object({ kind: z.literal('waiting'), behind: z.nullable(z.enum(JOBS)) });
export type Waiting = z.output<typeof waitingSchema>;

/** A computation takes its turn, and says so where it has to wait for it. */
function inTurn<R extends RequestContract>({ params, progress, result }: R) {
  return { params, progress: z.union([waitingSchema, progress]), result } as {
    readonly params: R['params'];
    readonly progress: z.ZodMiniUnion<[typeof waitingSchema, R['progress']]>;
    readonly result: R['result'];
  };
}

const { predictions, explain, robustness, perturbed, attention, ...trust } = COMPUTATION_REQUESTS;
const { faithfulness, sanity, agreement, localisation, calibration } = trust;

const none = z.never();

export const engineContract = {
  requests: {
    /** Starts the engine, if it is not yet, and says which one it is. */
    engine: { params: z.strictObject({}), progress: none, result: startedEngineSchema },
    /** What engines this machine has, each tried. */
    engines: { params: z.strictObject({}), progress: none, result: z.array(engineReportSchema) },
    /** A set that a source does not have has a count of 0: a batch file is one set only. */
    dataset: {
      params: z.strictObject({ source: dataSourceSchema }),
      progress: none,
      result: z.object({
        classNames: z.array(z.string()),
        /** For a person: "8,068 training and 1,017 test images from FOLDER". */
        description: z.string(),
        sets: z.object({ test: setInfoSchema, train: setInfoSchema }),
      }),
    },
    /** Some images' pixels, in the order asked for. */
    pixels: {
      params: z.strictObject({
        source: dataSourceSchema,
        set: setName,
        indices: z.array(index).check(z.maxLength(4096)),
      }),
      progress: none,
      result: z.object({
        height: index,
        width: index,
        /** RGB, 0 … 255, [indices, height, width, 3]. */
        pixels: bytes,
      }),
    },
    /** The images that a study file, or the study a run was trained by, names; so many at random are drawn. */
    studyImages: {
      params: z.strictObject({ source: dataSourceSchema }),
      progress: none,
      result: z.array(imageReferenceSchema),
    },
    predictions: inTurn(predictions),
    explain: inTurn(explain),
    robustness: inTurn(robustness),
    perturbed: inTurn(perturbed),
    attention: inTurn(attention),
    faithfulness: inTurn(faithfulness),
    sanity: inTurn(sanity),
  },
  events: {
    /** The engine was started, as the first computation needed it. */
    started: startedEngineSchema,
  },
} satisfies Contract;
export type EngineContract = typeof engineContract;

/** The extension answers nothing to the engine, and tells it nothing. */
export const engineClientContract = { requests: {}, events: {} } satisfies Contract;
export type EngineClientContract = typeof engineClientContract;
