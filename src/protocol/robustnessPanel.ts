/** What the robustness panel's page and the extension ask of each other. */
import * as z from 'zod/mini';
import { attackRequest, attackSettingsSchema } from '../computations/attacks/schema';
import { benchmarkRequest } from '../computations/benchmark/schema';
import { perturbedRequest } from '../computations/perturbed/schema';
import type { Contract } from './contract';
import { measuredSchema } from '../measures/robustness/measured';
import { inTurn } from './inTurn';
import {
  chooseFiles,
  exportKind,
  renderRequest,
  runPanelEvents,
  runPanelRequests,
  saveRequest,
  type RunPanelHost,
} from './runPanel';
import { index, path } from '../common/schemas';
import { JOBS } from '../common/jobs';

const testSchema = z.object({
  /** The place in the study's list, from 0. */
  entry: index,
  /** In few words: "gaussianNoise 0.1". */
  title: z.string(),
  rounds: z.int().check(z.gte(1)),
  /** Whether anything is expected of it: else no checkpoint can fail. */
  expects: z.boolean(),
});
export type ShownTest = z.output<typeof testSchema>;

const outcomeSchema = z.object({
  entry: index,
  epoch: index,
  /** measured: nothing is expected of it, or not what it was judged by. */
  kind: z.enum(['passed', 'failed', 'measured', 'stale']),
  measured: measuredSchema,
  misses: z.array(z.string()),
  /** Of a stale one: what it was computed from, where that is another thing by name. */
  was: z.nullable(z.string()),
});
export type ShownOutcome = z.output<typeof outcomeSchema>;

const jobSchema = z.object({
  done: index,
  /** Perturbed images; 0 until that is known. */
  of: index,
  /** Seconds; null until one can say. */
  left: z.nullable(z.number()),
  /** What it waits for; null where it computes. */
  behind: z.nullable(z.enum(JOBS)),
});
export type ShownJob = z.output<typeof jobSchema>;

/** The tests of the run that is shown, at all its checkpoints. */
export const shownTestsSchema = z.object({
  run: path,
  /** False until it has been asked for once. */
  known: z.boolean(),
  /** In the order of the study's list. */
  tests: z.array(testSchema),
  /** What is known; the rest is still to be computed. */
  outcomes: z.array(outcomeSchema),
  /** Whether something is being computed, by whomever. */
  computing: z.boolean(),
  /** Why the study's list cannot be read. */
  problem: z.nullable(z.string()),
});
export type ShownTests = z.output<typeof shownTestsSchema>;

export const namedBenchmarksSchema = z.object({
  benchmarks: z.array(
    z.object({
      /** "CIFAR-10-C": the folder's name. */
      title: z.string(),
      folder: path,
      limit: z.optional(z.int().check(z.gte(1))),
      against: z.optional(path),
      /** Whether the folder is there. */
      isThere: z.boolean(),
    }),
  ),
  /** Why the study's list cannot be read. */
  problem: z.nullable(z.string()),
});
export type NamedBenchmarks = z.output<typeof namedBenchmarksSchema>;

export const namedAttacksSchema = z.object({
  /** In the order of the study's list. */
  attacks: z.array(attackSettingsSchema),
  /** Why the study's list cannot be read. */
  problem: z.nullable(z.string()),
});
export type NamedAttacks = z.output<typeof namedAttacksSchema>;

export const ROBUSTNESS_TABS = ['tests', 'image', 'benchmarks', 'attacks'] as const;
export const robustnessTab = z.enum(ROBUSTNESS_TABS);
export type RobustnessTab = z.output<typeof robustnessTab>;

/** What is exported: of which tab. */
const exported = z.strictObject({ kind: exportKind, tab: robustnessTab });

const perturbed = inTurn(perturbedRequest);
const { entries, epochs, images, rounds, method, parameters, layer } = perturbed.params.shape;

/** What the extension answers and tells the page. */
export const robustnessHostContract = {
  requests: {
    ...runPanelRequests,
    chooseFiles,
    save: saveRequest(exported),
    /** Computes what is missing or stale. Its progress comes with the tests. */
    compute: {
      params: z.strictObject({ entries, epochs }),
      progress: z.never(),
      result: z.object({
        /** False where it was stopped: here, in a lens, or in the Test Explorer. */
        done: z.boolean(),
      }),
    },
    /** Stops what is computed for this run, by whomever. */
    cancel: { params: z.strictObject({}), progress: z.never(), result: z.null() },
    /** As the engine's own, for the run that the panel shows. */
    perturbed: {
      params: z.strictObject({ entries, epochs, images, rounds, method, parameters, layer }),
      progress: perturbed.progress,
      result: perturbed.result,
    },
    /** The published benchmarks that the study names. */
    benchmarks: { params: z.strictObject({}), progress: z.never(), result: namedBenchmarksSchema },
    /** As the engine's own, for the run that the panel shows. */
    benchmark: inTurn(benchmarkRequest),
    /** The attacks that the study names. */
    attacks: { params: z.strictObject({}), progress: z.never(), result: namedAttacksSchema },
    /** Writes some into the study file, as an edit that can be undone. */
    addAttacks: { params: z.strictObject({}), progress: z.never(), result: z.object({ written: z.boolean() }) },
    /** As the engine's own, for the run that the panel shows. */
    attack: inTurn(attackRequest),
  },
  events: {
    ...runPanelEvents,
    tests: shownTestsSchema,
    /** How far what is being computed is. */
    job: jobSchema,
    /** The person asked for this: a tab, and there one perturbation by its place, or all. */
    show: z.object({ tab: robustnessTab, entry: z.nullable(index) }),
  },
} satisfies RunPanelHost;
export type RobustnessHostContract = typeof robustnessHostContract;

/** What the page answers. */
export const robustnessPageContract = {
  requests: { render: renderRequest(exported) },
  events: {},
} satisfies Contract;
export type RobustnessPageContract = typeof robustnessPageContract;
