/** What the sweep panel's page and the extension ask of each other. */
import * as z from 'zod/mini';
import { index, path } from '../common/schemas';
import type { Contract } from './contract';

const none = z.never();
const nothing = z.null();
const id = z.string().check(z.minLength(1), z.maxLength(200));
const ids = z.array(id).check(z.maxLength(5000));
const seconds = z.nullable(z.number());

/** See `CellState` of src/sweeps. */
export const CELL_STATES = [
  'new',
  'queued',
  'training',
  'testing',
  'done',
  'failed',
  'cancelled',
  'interrupted',
] as const;
export type ShownState = (typeof CELL_STATES)[number];

/** See `TaskState` of src/cluster: what a scheduler says that says more than the cell's state. */
export const TASK_STATES = ['requeued', 'timedOut', 'outOfMemory', 'nodeFailed', 'preempted', 'lost'] as const;
export type ShownTaskState = (typeof TASK_STATES)[number];

const taskSchema = z.object({
  /** Null where the cell's own state says it. */
  state: z.nullable(z.enum(TASK_STATES)),
  /** Whether it is the cluster's at this moment: it waits there, or runs. */
  isAway: z.boolean(),
  /** As a person names it to the scheduler: "1234_5". */
  id: z.nullable(z.string()),
  /** The destination for ssh; null: this machine. */
  host: z.nullable(z.string()),
  /** Where it runs or ran. */
  node: z.nullable(z.string()),
  /** How often it was begun anew. */
  restarts: index,
  /** Why it waits, or what became of it, in a sentence or two. */
  why: z.nullable(z.string()),
});
export type ShownTask = z.output<typeof taskSchema>;

const cellSchema = z.object({
  id,
  recipe: z.string(),
  seed: z.number(),
  state: z.enum(CELL_STATES),
  /** Whether it has a run folder, with a log and checkpoints. */
  hasRun: z.boolean(),
  hasCheckpoints: z.boolean(),
  /** The epoch that is trained or was trained last, and how many there are to be; null where nothing is known yet. */
  epoch: z.nullable(index),
  epochs: z.nullable(index),
  /** From 0 to 1: how much of its training is behind it. */
  share: z.number(),
  /** In per cent, on the test images, at the newest measured epoch. */
  accuracy: z.nullable(z.number()),
  secondsLeft: seconds,
  error: z.nullable(z.string()),
  /** Its task on a cluster; null where it was never handed over. */
  task: z.nullable(taskSchema),
});
export type ShownCell = z.output<typeof cellSchema>;

const namedSchema = z.object({ studyFile: path, name: z.string() });

const sweepSchema = z.object({
  kind: z.literal('sweep'),
  study: namedSchema,
  /** Those that run, those that wait in their order, and then the others. */
  cells: z.array(cellSchema),
  paused: z.boolean(),
  /** How many trainings a person wants at once; null: as many as memory and cores allow. */
  jobs: z.nullable(index),
  /** The process that runs it; null where none does. */
  runner: z.nullable(z.object({ jobs: index, waiting: z.nullable(z.string()) })),
  /** Of all that is queued or runs. */
  secondsLeft: seconds,
  /** Why what is said of tasks may be old. */
  schedulerProblem: z.nullable(z.string()),
  /** Tasks that a cluster has of cells that the study has no more, as a person names them to the scheduler. */
  strays: z.array(z.string()),
});
export type ShownSweep = z.output<typeof sweepSchema>;

const viewSchema = z.object({
  shown: z.discriminatedUnion('kind', [
    /** The workspace has no study. */
    z.object({ kind: z.literal('noStudy') }),
    z.object({ kind: z.literal('noSweep'), study: namedSchema }),
    /** The study file cannot be read. */
    z.object({ kind: z.literal('unreadable'), study: namedSchema, problem: z.string() }),
    sweepSchema,
  ]),
  /** The workspace's studies that have a sweep, to choose from. */
  studies: z.array(namedSchema),
  trusted: z.boolean(),
});
export type SweepView = z.output<typeof viewSchema>;

const changeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paused'), paused: z.boolean() }),
  z.strictObject({ kind: z.literal('jobs'), jobs: z.nullable(z.int().check(z.gte(1), z.lte(64))) }),
  z.strictObject({ kind: z.literal('cancel'), ids }),
  /** Queued, or queued again after a failure. */
  z.strictObject({ kind: z.literal('add'), ids }),
  /** Of the tasks that are of no cell any more. */
  z.strictObject({ kind: z.literal('cancelStrays') }),
  /** These before all others, in this order. */
  z.strictObject({ kind: z.literal('order'), ids }),
]);
export type SweepChange = z.output<typeof changeSchema>;

const action = z.enum([
  'runSweep',
  /** Asks where: here, or by a cluster's scheduler. */
  'runSweepOn',
  'cancelSweep',
  'retrySweep',
  'showSweepLog',
  'openStudy',
  'createStudy',
  'createExampleSweep',
  'showMetrics',
  'showRunsTable',
  'manageTrust',
  /** Writes an example sweep into the study file, as an edit that can be undone. */
  'insertSweep',
]);
export type SweepAction = z.output<typeof action>;

const ofCell = z.enum(['heatmaps', 'metrics', 'log', 'taskLog']);
export type CellView = z.output<typeof ofCell>;

/** What the extension answers and tells the page. */
export const sweepHostContract = {
  requests: {
    view: { params: z.strictObject({}), progress: none, result: viewSchema },
    /** The sweep of another study. The new view comes as an event. */
    choose: { params: z.strictObject({ studyFile: path }), progress: none, result: nothing },
    change: { params: z.strictObject({ change: changeSchema }), progress: none, result: nothing },
    /** What the page's buttons do in VS Code, with the study that is shown. */
    run: { params: z.strictObject({ action }), progress: none, result: nothing },
    /** Opens something of a cell's run. */
    open: { params: z.strictObject({ id, what: ofCell }), progress: none, result: nothing },
    /** The end of what the training of a cell, or its task, has printed; null where there is no log. */
    log: {
      params: z.strictObject({ id }),
      progress: none,
      result: z.object({ text: z.nullable(z.string()) }),
    },
  },
  events: { view: viewSchema },
} satisfies Contract;
export type SweepHostContract = typeof sweepHostContract;

/** The page answers nothing. */
export const sweepPageContract = { requests: {}, events: {} } satisfies Contract;
export type SweepPageContract = typeof sweepPageContract;
