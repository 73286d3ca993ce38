/** What the page of the runs table and the extension ask of each other. */
import * as z from 'zod/mini';
import { path } from '../common/schemas';
import { runFactsSchema } from '../comparison/facts';
import type { Contract } from './contract';
import { runPanelRequests } from './runPanel';

const none = z.never();
const nothing = z.null();

const tableRunSchema = z.object({
  /** The series hold only the epochs that columns read: see `thinned`. While it is read, there are none. */
  facts: runFactsSchema,
  /** How it is called beside its study: by its own name, or when it began. */
  label: z.string(),
  /** For a person, such as "training, epoch 3 of 8". */
  stateText: z.string(),
  live: z.boolean(),
  /** Its settings and results are still being read. */
  reading: z.boolean(),
  /** Whether it has checkpoints, which heatmaps need. */
  checkpoints: z.boolean(),
  /** Why it cannot be read, or what of it is damaged; null where nothing is known to be. */
  problem: z.nullable(z.string()),
});
export type TableRun = z.output<typeof tableRunSchema>;

const viewSchema = z.object({
  /** All runs of the workspace, the newest first. */
  runs: z.array(tableRunSchema),
  /** The study file whose runs were asked for; null for those of all studies, absent where nobody asked. */
  asked: z.exactOptional(z.nullable(path)),
  trusted: z.boolean(),
});
export type RunsTableView = z.output<typeof viewSchema>;

const rowAction = z.enum([
  'heatmaps',
  'metrics',
  'robustness',
  'attention',
  'settings',
  'compareHeatmaps',
  'whatChanged',
  'rename',
  'note',
  'pin',
  'unpin',
  'reveal',
  'log',
  'study',
]);
export type RowAction = z.output<typeof rowAction>;

const tableFile = z.enum(['csv', 'md', 'tex']);
export type TableFile = z.output<typeof tableFile>;
const text = z.string().check(z.maxLength(50_000_000));

/** What the extension answers and tells the page. */
export const runsTableHostContract = {
  requests: {
    view: { params: z.strictObject({}), progress: none, result: viewSchema },
    /** Asks where and writes; null where the person decides against it. */
    save: {
      params: z.strictObject({ kind: tableFile, name: z.string().check(z.maxLength(100)), text }),
      progress: none,
      result: z.object({ saved: z.nullable(z.string()) }),
    },
    copy: { params: z.strictObject({ text }), progress: none, result: nothing },
    /** What a row's menu does in VS Code. Several runs are of metrics, settings, two runs' heatmaps and pins. */
    act: {
      params: z.strictObject({ action: rowAction, runs: z.array(path).check(z.minLength(1), z.maxLength(10_000)) }),
      progress: none,
      result: nothing,
    },
    run: runPanelRequests.run,
  },
  events: {
    /** Runs that are new or have changed, and the folders of those that are gone. */
    runs: z.object({ changed: z.array(tableRunSchema), gone: z.array(path) }),
    /** The person asked for the runs of this study, or of all. */
    show: z.object({ study: z.nullable(path) }),
  },
} satisfies Contract;
export type RunsTableHostContract = typeof runsTableHostContract;

/** The page answers nothing. */
export const runsTablePageContract = { requests: {}, events: {} } satisfies Contract;
export type RunsTablePageContract = typeof runsTablePageContract;
