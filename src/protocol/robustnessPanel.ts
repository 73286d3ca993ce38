/** What the robustness panel's page and the extension ask of each other. */
import { z } from 'zod';
import type { Contract } from './contract';
import { emptyViewSchema, failedViewSchema, runViewSchema } from './heatmaps';
import { measuredSchema } from './measured';
import { robustnessRequests } from './robustness';
import { index, path } from './values';

/** As of the heatmap panel; and whether anything may be computed. */
export const robustnessViewSchema = z.discriminatedUnion('kind', [
  runViewSchema.extend({ trusted: z.boolean() }),
  emptyViewSchema,
  failedViewSchema,
]);
export type RobustnessView = z.output<typeof robustnessViewSchema>;
export type RobustnessRunView = RobustnessView & { kind: 'run' };

const testSchema = z.object({
  /** The place in the study's list, from 0. */
  entry: index,
  /** In few words: "gaussianNoise 0.1". */
  title: z.string(),
  rounds: z.int().min(1),
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
  was: z.string().nullable(),
});
export type ShownOutcome = z.output<typeof outcomeSchema>;

const jobSchema = z.object({
  done: index,
  /** Perturbed images; 0 until that is known. */
  of: index,
  /** Seconds; null until one can say. */
  left: z.number().nullable(),
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
  problem: z.string().nullable(),
});
export type ShownTests = z.output<typeof shownTestsSchema>;

export const robustnessTab = z.enum(['tests', 'image']);
export type RobustnessTab = z.output<typeof robustnessTab>;

const exportKind = z.enum(['png', 'csv']);
export type RobustnessExport = z.output<typeof exportKind>;

const action = z.enum(['createStudy', 'train', 'openGallery', 'openLog', 'showOutput', 'openStudy', 'manageTrust']);
export type RobustnessAction = z.output<typeof action>;

const { entries, epochs, images, rounds, layer } = robustnessRequests.perturbed.params.shape;
const none = z.never();
const nothing = z.null();

/** What the extension answers and tells the page. */
export const robustnessHostContract = {
  requests: {
    view: { params: z.strictObject({}), progress: none, result: robustnessViewSchema },
    /** Computes what is missing or stale. Its progress comes with the tests. */
    compute: {
      params: z.strictObject({ entries, epochs }),
      progress: none,
      result: z.object({
        /** False where it was stopped: here, in a lens, or in the Test Explorer. */
        done: z.boolean(),
      }),
    },
    /** Stops what is computed for this run, by whomever. */
    cancel: { params: z.strictObject({}), progress: none, result: nothing },
    /** As the engine's own, for the run that the panel shows. */
    perturbed: {
      params: z.strictObject({ entries, epochs, images, rounds, layer }),
      progress: robustnessRequests.perturbed.progress,
      result: robustnessRequests.perturbed.result,
    },
    /** Another run, null for the newest. The new view comes as an event. */
    choose: { params: z.strictObject({ run: path.nullable() }), progress: none, result: nothing },
    /** Image files in place of the study's images: asked for in a dialog, or the study's again. */
    chooseFiles: { params: z.strictObject({ files: z.enum(['ask', 'study']) }), progress: none, result: nothing },
    /** Asks where, has the page draw it, and saves it; null where the person decides against it. */
    save: {
      params: z.strictObject({ kind: exportKind, tab: robustnessTab }),
      progress: none,
      result: z.object({ saved: z.string().nullable() }),
    },
    /** What the page's buttons do in VS Code. */
    run: { params: z.strictObject({ action }), progress: none, result: nothing },
  },
  events: {
    view: robustnessViewSchema,
    tests: shownTestsSchema,
    /** How far what is being computed is. */
    job: jobSchema,
    /** The person asked for this: a tab, and there one perturbation by its place, or all. */
    show: z.object({ tab: robustnessTab, entry: index.nullable() }),
  },
} satisfies Contract;
export type RobustnessHostContract = typeof robustnessHostContract;

/** What the page answers. */
export const robustnessPageContract = {
  requests: {
    /** What the tab shows: as a figure in PNG, or its numbers as CSV in UTF-8. */
    render: {
      params: z.strictObject({ kind: exportKind, tab: robustnessTab }),
      progress: none,
      result: z.object({ bytes: z.instanceof(Uint8Array) }),
    },
  },
  events: {},
} satisfies Contract;
export type RobustnessPageContract = typeof robustnessPageContract;

/** What the panel is called. */
export function robustnessTitle(view: RobustnessView): string {
  if (view.kind !== 'run') return 'Robustness';
  const { files } = view.source;
  if (files === null) return `Robustness: ${view.studyName}`;
  const name = files.length === 1 ? (files[0]?.split(/[\\/]/).at(-1) ?? '') : `${files.length} images`;
  return `Robustness: ${name}`;
}
