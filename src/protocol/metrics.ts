/** What the metrics panel's page and the extension ask of each other. */
import * as z from 'zod/mini';
import { seriesSchema } from '../comparison/facts';
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

/** A run as the list has it: all of what can be shown, without any curve. */
const listedSchema = z.object({
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
  /** How many imported checkpoints have no measured accuracy, which the request "measure" finds out. */
  unmeasured: index,
  /** The recipe's name, the same of runs that differ in nothing but the seed, and of no others. */
  recipe: z.string(),
  /** Null where run.json cannot be read. */
  seed: z.nullable(z.int()),
  /** Whether its training is done: see `isWhole` of the comparison. */
  whole: z.boolean(),
  /** Whether another run of its recipe and seed stands for it in means over seeds. */
  repeated: z.boolean(),
});
export type ListedRun = z.output<typeof listedSchema>;

/** Within epochs: all lists are as long as `at`. */
const stepsSchema = z.object({
  /** In epochs: 2.5 is the middle of epoch 3. */
  at: z.array(z.number()),
  loss: z.array(measured),
  learningRate: z.array(measured),
  imagesPerSecond: z.array(measured),
});
export type Steps = z.output<typeof stepsSchema>;

/** The numbers of a run. */
const valuesSchema = z.object({
  run: path,
  /** What was measured here. */
  epochs: z.array(epochSchema),
  /** What the files claim that checkpoints were imported from. */
  claims: z.array(claimSchema),
  steps: stepsSchema,
  /** Other measures over epochs, by the ids of the comparison's columns; of what was computed. */
  more: z.record(z.string(), seriesSchema),
});
export type CurveValues = z.output<typeof valuesSchema>;

/** A run whose numbers are there. */
export type RunCurve = ListedRun & CurveValues;

const viewSchema = z.object({
  /** All runs of the workspace, the newest first. */
  runs: z.array(listedSchema),
  /** The runs to show where the page has not kept which ones were shown. */
  proposed: z.array(path),
  /** Runs that were asked for while the page was hidden: to be shown besides. */
  asked: z.array(path),
  trusted: z.boolean(),
});
export type MetricsView = z.output<typeof viewSchema>;

const listChange = z.object({
  /** Runs that are new, or of which something else is said now. */
  changed: z.array(listedSchema),
  /** All runs, the newest first; null where they are the same as before. */
  order: z.nullable(z.array(path)),
});
export type ListChange = z.output<typeof listChange>;

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
    /** The numbers of runs, which the event "curves" keeps up to date until the next such request. */
    curves: {
      params: z.strictObject({ runs: z.array(path) }),
      progress: none,
      result: z.array(valuesSchema),
    },
    run: runPanelRequests.run,
    /** Measures the accuracy of a run's imported checkpoints; the curves come as an event. */
    measure: { params: z.strictObject({ run: path }), progress: none, result: nothing },
  },
  events: {
    runs: listChange,
    /** Of the runs that were asked for last, those whose numbers are others now. */
    curves: z.array(valuesSchema),
    /** The person asked for these too. */
    show: z.object({ runs: z.array(path) }),
  },
} satisfies Contract;
export type MetricsHostContract = typeof metricsHostContract;

/** The page answers nothing. */
export const metricsPageContract = { requests: {}, events: {} } satisfies Contract;
export type MetricsPageContract = typeof metricsPageContract;
