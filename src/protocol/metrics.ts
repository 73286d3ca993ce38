/** What the metrics panel's page and the extension ask of each other. */
import * as z from 'zod/mini';
import type { Contract } from './contract';
import { runPanelRequests } from './runPanel';

const index = z.int().check(z.gte(0));
const path = z.string().check(z.minLength(1), z.maxLength(4096));
/** Null is what was not measured, or is no number, such as a loss that diverged. */
const measured = z.nullable(z.number());

const epochSchema = z.object({
  epoch: index,
  trainLoss: measured,
  /** In per cent. */
  trainAccuracy: measured,
  testLoss: measured,
  testAccuracy: measured,
  learningRate: measured,
  seconds: measured,
  imagesPerSecond: measured,
  /** How many images the test accuracy is of; absent where that is not kept. */
  testImages: z.exactOptional(z.int().check(z.gte(1))),
  /** Of the training images that are kept back; absent where none are. */
  validationLoss: z.exactOptional(measured),
  validationAccuracy: z.exactOptional(measured),
  validationImages: z.exactOptional(z.int().check(z.gte(1))),
});
export type EpochValues = z.output<typeof epochSchema>;

const claimSchema = z.object({
  epoch: index,
  /** In per cent. */
  testAccuracy: z.number(),
  /** Whether the measured one differs from it by more than chance; null where none was measured. */
  differs: z.nullable(z.boolean()),
});

const curveSchema = z.object({
  /** The run's folder: its identity. */
  run: path,
  id: z.string(),
  studyName: z.string(),
  /** How the run is called beside its study: by its own name, or when it began. */
  name: z.string(),
  /** For a person, such as "training, epoch 3 of 8". */
  stateText: z.string(),
  live: z.boolean(),
  /** How its batches are computed in parts, and why; null where they are computed at once. */
  batches: z.nullable(z.string()),
  /** What of it is damaged or gone, for a person; null where nothing is known to be. */
  warning: z.nullable(z.string()),
  /** How many epochs the training is meant to have; null where it is not known. */
  plannedEpochs: z.nullable(index),
  /** What was measured here. */
  epochs: z.array(epochSchema),
  /** What the files claim that checkpoints were imported from. */
  claims: z.array(claimSchema),
  /** How many imported checkpoints have no measured accuracy, which the request "measure" finds out. */
  unmeasured: index,
});
export type RunCurve = z.output<typeof curveSchema>;

const viewSchema = z.object({
  /** All runs of the workspace, the newest first. */
  runs: z.array(curveSchema),
  /** The runs to show where the page has not kept which ones were shown. */
  proposed: z.array(path),
  /** Runs that were asked for while the page was hidden: to be shown besides. */
  asked: z.array(path),
  trusted: z.boolean(),
});
export type MetricsView = z.output<typeof viewSchema>;

const exportKind = z.enum(['png', 'csv']);
export type MetricsExport = z.output<typeof exportKind>;
const none = z.never();
const nothing = z.null();

/** What the extension answers and tells the page. */
export const metricsHostContract = {
  requests: {
    view: { params: z.strictObject({}), progress: none, result: viewSchema },
    /** Asks where and writes; null where the person decides against it. */
    save: {
      params: z.strictObject({ kind: exportKind, bytes: z.instanceof(Uint8Array) }),
      progress: none,
      result: z.object({ saved: z.nullable(z.string()) }),
    },
    run: runPanelRequests.run,
    /** Measures the accuracy of a run's imported checkpoints; the curves come as an event. */
    measure: { params: z.strictObject({ run: path }), progress: none, result: nothing },
  },
  events: {
    runs: z.array(curveSchema),
    /** The person asked for these too. */
    show: z.object({ runs: z.array(path) }),
  },
} satisfies Contract;
export type MetricsHostContract = typeof metricsHostContract;

/** The page answers nothing. */
export const metricsPageContract = { requests: {}, events: {} } satisfies Contract;
export type MetricsPageContract = typeof metricsPageContract;
