/** A run as the list of runs has it: how far it is, how accurate, what it takes, and what is damaged of its numbers. */
import { isReportedError } from '../../common/errors';
import {
  accuracyWarnings,
  bestEpoch,
  choosingAccuracies,
  effectiveState,
  listCheckpoints,
  metricsWarnings,
  readAbout,
  readMetricsFile,
  readStatus,
  readSums,
  runNumbers,
  runSize,
  type CheckpointAccuracy,
  type ChosenBy,
  type EpochMetrics,
  type GitState,
  type MetricsFile,
  type RunEntry,
  type RunManifest,
  type RunSize,
  type RunStatus,
} from '../../runs';

/** What is said of a run, as `runs --json` writes it. */
export interface ListedRun {
  readonly run: string;
  readonly id: string;
  readonly study: string;
  /** What a person says of it, null where nothing is said. */
  readonly name: string | null;
  readonly note: string | null;
  readonly pinned: boolean;
  /** Why about.json, which says that, cannot be understood. */
  readonly aboutProblem: string | null;
  readonly architecture: string | null;
  /** Of a cell of a sweep: its recipe and its seed. */
  readonly cell: { readonly recipe: string; readonly seed: number } | null;
  /** The commit of the study file's folder when the run was made; null outside git, and of older runs. */
  readonly git: GitState | null;
  /** 'damaged' where its run.json cannot be read. */
  readonly state: string;
  /** The newest that was measured, of so many; how many a run was trained for elsewhere may not be known. */
  readonly epoch: number | null;
  readonly epochs: number | null;
  /** Its checkpoints, where they were trained elsewhere: what was measured here, and what their files claim. */
  readonly imported: readonly CheckpointAccuracy[] | null;
  readonly checkpoints: number;
  /**
   * The epoch of the highest accuracy that was measured here on the images that choose it: the earliest that has it, and all
   * of them, with its test accuracy and, where validation images choose, their accuracy, in per cent.
   */
  readonly best: {
    readonly epoch: number;
    readonly epochs: readonly number[];
    readonly testAccuracy: number;
    readonly chosenBy: ChosenBy;
    readonly validationAccuracy?: number;
  } | null;
  /** Epochs whose numbers are lost. */
  readonly lostMetrics: number;
  /** What is damaged of its numbers and sums, a sentence each. */
  readonly warnings: readonly string[];
  /** Imported checkpoints that do not do what their files claim, a sentence each. */
  readonly accuracyWarnings: readonly string[];
  readonly bytes: RunSize;
  readonly problem: string | null;
}

/** In a warning at most so many lines are named. */
const MOST_NAMED = 5;

export async function describeRun(entry: RunEntry): Promise<ListedRun> {
  const { folder, id, parent } = entry;
  const [status, metrics, checkpoints, bytes, { about, problem: aboutProblem }] = await Promise.all([
    readStatus(folder),
    numbersOf(folder),
    listCheckpoints(folder),
    runSize(folder),
    readAbout(folder),
  ]);
  const isOpen = 'run' in entry;
  const state = status === undefined ? 'interrupted' : effectiveState(status);
  const manifest = isOpen ? entry.run.manifest : undefined;
  const { metrics: measured, accuracies } = await runNumbers(folder, manifest ?? {}, metrics.epochs);
  const imported = manifest?.imported === undefined ? null : accuracies;
  return {
    run: folder,
    id,
    study: isOpen ? entry.run.study.name : parent,
    name: about.name ?? null,
    note: about.note ?? null,
    pinned: about.pinned ?? false,
    aboutProblem: aboutProblem ?? null,
    architecture: isOpen ? entry.run.study.model.architecture : null,
    cell: cellOf(manifest),
    git: manifest?.git ?? null,
    state: isOpen ? state : 'damaged',
    epoch: measured.at(-1)?.epoch ?? null,
    epochs: isOpen && imported === null ? plannedEpochs(entry.run.manifest, status) : null,
    imported,
    checkpoints: checkpoints.length,
    best: bestOf(measured),
    lostMetrics: metrics.lost.length,
    warnings: metrics.warnings,
    accuracyWarnings: manifest === undefined || imported === null ? [] : accuracyWarnings(manifest, imported),
    bytes,
    problem: isOpen ? null : entry.problem,
  };
}

function cellOf(manifest: RunManifest | undefined): ListedRun['cell'] {
  const { recipe, seed } = manifest?.cell ?? {};
  return recipe === undefined || seed === undefined ? null : { recipe, seed };
}

function plannedEpochs({ study, watched }: RunManifest, status: RunStatus | undefined): number | null {
  return watched === undefined ? study.training.epochs : (status?.epochs ?? null);
}

interface Numbers extends Pick<MetricsFile, 'epochs' | 'lost'> {
  readonly warnings: readonly string[];
}

/** A run whose numbers cannot be read is listed all the same. */
async function numbersOf(folder: string): Promise<Numbers> {
  try {
    const metrics = await readMetricsFile(folder);
    const sums = await readSums(folder);
    const damaged = typeof sums === 'string' ? [] : sums.damaged;
    const rows = damaged.slice(0, MOST_NAMED).join(', ');
    const more = damaged.length > MOST_NAMED ? ` and ${damaged.length - MOST_NAMED} more` : '';
    const ofSums =
      damaged.length === 0
        ? []
        : [`sums.jsonl: ${damaged.length === 1 ? 'line' : 'lines'} ${rows}${more} cannot be relied on.`];
    const missing = sums === 'missing' ? ['sums.jsonl is missing: nothing vouches for the files of this run.'] : [];
    return { ...metrics, warnings: [...metricsWarnings(metrics), ...missing, ...ofSums] };
  } catch (error) {
    if (!isReportedError(error)) throw error;
    return { epochs: [], lost: [], warnings: [error.message] };
  }
}

function bestOf(epochs: readonly EpochMetrics[]): ListedRun['best'] {
  const { accuracies, chosenBy } = choosingAccuracies(epochs);
  const epoch = bestEpoch({ present: [...accuracies.keys()], accuracies });
  const highest = epoch === undefined ? null : (accuracies.get(epoch) ?? null);
  const { testAccuracy = null } = epochs.find((each) => each.epoch === epoch) ?? {};
  if (epoch === undefined || highest === null || testAccuracy === null) return null;
  const equal = [...accuracies].flatMap(([each, accuracy]) => (accuracy === highest ? [each] : []));
  const byValidation = chosenBy === 'validation' ? { validationAccuracy: highest } : {};
  return { epoch, epochs: equal, testAccuracy, chosenBy, ...byValidation };
}
