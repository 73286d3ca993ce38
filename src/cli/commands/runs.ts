import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { bytesText } from '../../common/bytesText';
import { isReportedError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import {
  accuracyWarnings,
  bestEpoch,
  effectiveState,
  listCheckpoints,
  lostRunsAdvice,
  metricsWarnings,
  readMetricsFile,
  readStatus,
  readSums,
  runNumbers,
  runSize,
  type CheckpointAccuracy,
  type EpochMetrics,
  type MetricsFile,
  type RunEntry,
  type RunSize,
} from '../../runs';
import { createOutput, NOTHING, table } from '../output';
import { runsIn } from '../runsIn';

/** What is said of a run. */
interface ListedRun {
  readonly run: string;
  readonly id: string;
  readonly study: string;
  readonly architecture: string | null;
  /** 'damaged' where its run.json cannot be read. */
  readonly state: string;
  /** The newest that was measured, of so many; how many an imported run was trained for is not known. */
  readonly epoch: number | null;
  readonly epochs: number | null;
  /** Its checkpoints, where they were trained elsewhere: what was measured here, and what their files claim. */
  readonly imported: readonly CheckpointAccuracy[] | null;
  readonly checkpoints: number;
  /** The highest test accuracy that was measured, in per cent; of equal ones the earliest. */
  readonly best: { readonly epoch: number; readonly testAccuracy: number } | null;
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

/** `runs`: the runs there are, how far they are, and what they take. */
export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('list the runs of a folder or a study: state, epochs, highest test accuracy, and the space they take')
    .argument('[place]', 'a folder of studies, a study file or a run folder', '.')
    .option('--json', 'one JSON document on standard output')
    .action(async (place: string, { json }: { json?: boolean }) => {
      const output = createOutput(json ?? false);
      const runs: ListedRun[] = [];
      for (const entry of await runsIn(place)) runs.push(await describe(entry));
      output.document({ runs });
      if (runs.length === 0) {
        for (const line of await noRunsText(place)) output.line(line);
        return;
      }
      const header = ['study', 'run', 'model', 'state', 'epochs', 'highest %', 'checkpoints', 'results', 'all'];
      for (const line of table([header, ...runs.map(rowOf)])) output.line(line);
      for (const { run, problem } of runs) if (problem !== null) output.line(`${run}: ${problem}`);
      for (const { run, warnings, accuracyWarnings: others } of runs)
        for (const text of [...warnings, ...others]) output.log(`${run}: ${text}`);
      for (const { run, warnings } of runs)
        if (warnings.length > 0) output.log(`See what else is damaged by:  epochlens verify ${shellWord(run)}`);
    });
}

/** With what becomes of the runs beside a study file whose own is gone. */
async function noRunsText(place: string): Promise<string[]> {
  const isFile = (await stat(place)).isFile();
  if (!isFile) return ['There is no run here yet. Train a study first:  epochlens train STUDY'];
  const advice = await lostRunsAdvice(place);
  return [
    `This study has no run yet. Train it first:  epochlens train ${shellWord(place)}`,
    ...advice.split('\n').slice(1),
  ];
}

async function describe(entry: RunEntry): Promise<ListedRun> {
  const { folder, id, parent } = entry;
  const [status, metrics, checkpoints, bytes] = await Promise.all([
    readStatus(folder),
    numbersOf(folder),
    listCheckpoints(folder),
    runSize(folder),
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
    architecture: isOpen ? entry.run.study.model.architecture : null,
    state: isOpen ? state : 'damaged',
    epoch: measured.at(-1)?.epoch ?? null,
    epochs: isOpen && imported === null ? entry.run.study.training.epochs : null,
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
  const accuracies = new Map(epochs.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
  const epoch = bestEpoch({ present: [...accuracies.keys()], accuracies });
  const testAccuracy = epoch === undefined ? null : (accuracies.get(epoch) ?? null);
  return epoch === undefined || testAccuracy === null ? null : { epoch, testAccuracy };
}

function rowOf(run: ListedRun): string[] {
  const { study, id, architecture, state, checkpoints, bytes } = run;
  return [
    study,
    id,
    architecture ?? NOTHING,
    run.imported === null ? state : 'imported',
    epochsCell(run),
    bestCell(run),
    `${checkpoints}, ${bytesText(bytes.checkpoints)}`,
    bytesText(bytes.results),
    bytesText(bytes.all),
  ];
}

function epochsCell({ epoch, epochs, imported }: ListedRun): string {
  if (imported !== null) return 'unknown';
  return epoch === null ? NOTHING : `${epoch} of ${epochs ?? '?'}`;
}

/** "91.64 at 4"; of an imported run with what its files claim: "91.64, claims 91.73 at 4", "10.00 at 4, claims 75.00 at 5". */
function bestCell({ best, imported }: ListedRun): string {
  const claims = (imported ?? []).filter(({ claimed }) => claimed.testAccuracy !== null);
  const claim = claims.find(({ epoch }) => epoch === best?.epoch) ?? claims.at(-1);
  // Of one checkpoint alone it says nothing that it is the best.
  const at = (epoch: number): string => (imported?.length === 1 ? '' : ` at ${epoch}`);
  const measured = best?.testAccuracy.toFixed(2);
  const claimed = claim?.claimed.testAccuracy?.toFixed(2);
  if (best === null || measured === undefined)
    return claim === undefined ? NOTHING : `claims ${claimed ?? NOTHING}${at(claim.epoch)}`;
  if (claim === undefined || claimed === undefined) return `${measured}${at(best.epoch)}`;
  const place = claim.epoch === best.epoch ? '' : at(best.epoch);
  return `${measured}${place}, claims ${claimed}${at(claim.epoch)}`;
}
