/** What the engine process answers. Raw numbers travel; colours, opacity and scaling are the viewer's. */
import * as z from 'zod/mini';
import { COMPUTATION_REQUESTS } from '../computations/schema';
import type { Contract } from './contract';
import { dataRequests } from './dataRequests';
import { inTurn } from './inTurn';

export type { DataSource, SetInfo } from './dataRequests';
export type { Waiting } from './inTurn';
export type { ExplainedImage, ImageReference, OriginalPicture, Picture, SetName } from '../computations/images/schema';
export type { ExplainMaps, ExplainProgress, ExplainStart } from '../computations/heatmaps/schema';
export type { BenchmarkProgress, BenchmarkResult, BenchmarkStart } from '../computations/benchmark/schema';
export type { CalibrationProgress, CalibrationResultMessage } from '../computations/calibration/schema';
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
export type { StudyTestProgress, StudyTestResult } from '../computations/studyTests/schema';
export type { Sanity, SanityMethod, SanityProgress } from '../computations/sanity/schema';
export type { RobustnessEntry, RobustnessProgress, RobustnessResultMessage } from '../computations/robustness/schema';

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

const none = z.never();

export const engineContract = {
  requests: {
    /** Starts the engine, if it is not yet, and says which one it is. */
    engine: { params: z.strictObject({}), progress: none, result: startedEngineSchema },
    /** What engines this machine has, each tried. */
    engines: { params: z.strictObject({}), progress: none, result: z.array(engineReportSchema) },
    ...dataRequests,
    predictions: inTurn(COMPUTATION_REQUESTS.predictions),
    explain: inTurn(COMPUTATION_REQUESTS.explain),
    robustness: inTurn(COMPUTATION_REQUESTS.robustness),
    perturbed: inTurn(COMPUTATION_REQUESTS.perturbed),
    attention: inTurn(COMPUTATION_REQUESTS.attention),
    calibration: inTurn(COMPUTATION_REQUESTS.calibration),
    faithfulness: inTurn(COMPUTATION_REQUESTS.faithfulness),
    studyTests: inTurn(COMPUTATION_REQUESTS.studyTests),
    localisation: inTurn(COMPUTATION_REQUESTS.localisation),
    agreement: inTurn(COMPUTATION_REQUESTS.agreement),
    sanity: inTurn(COMPUTATION_REQUESTS.sanity),
    benchmark: inTurn(COMPUTATION_REQUESTS.benchmark),
    attack: inTurn(COMPUTATION_REQUESTS.attack),
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
