import type { Command } from 'commander';
import { bytesText } from '../../common/bytesText';
import {
  bestEpoch,
  effectiveState,
  listCheckpoints,
  readMetricsFile,
  readStatus,
  runSize,
  type EpochMetrics,
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
  /** The newest that was measured, of so many. */
  readonly epoch: number | null;
  readonly epochs: number | null;
  readonly checkpoints: number;
  /** Of the test images, in per cent. */
  readonly best: { readonly epoch: number; readonly testAccuracy: number } | null;
  /** Lines of metrics.jsonl that cannot be relied on. */
  readonly lostMetrics: number;
  readonly bytes: RunSize;
  readonly problem: string | null;
}

/** `runs`: the runs there are, how far they are, and what they take. */
export function addRuns(program: Command): void {
  program
    .command('runs')
    .description('list the runs of a folder or a study: state, epochs, best accuracy, and the space they take')
    .argument('[place]', 'a folder of studies, or a study file', '.')
    .option('--json', 'one JSON document on standard output')
    .action(async (place: string, { json }: { json?: boolean }) => {
      const output = createOutput(json ?? false);
      const runs: ListedRun[] = [];
      for (const entry of await runsIn(place)) runs.push(await describe(entry));
      output.document({ runs });
      if (runs.length === 0) {
        output.line('There is no run here yet. Train a study first:  epochlens train STUDY');
        return;
      }
      const header = ['study', 'run', 'model', 'state', 'epochs', 'best %', 'checkpoints', 'results', 'all'];
      for (const line of table([header, ...runs.map(rowOf)])) output.line(line);
      for (const { run, problem } of runs) if (problem !== null) output.line(`${run}: ${problem}`);
      for (const { run, lostMetrics } of runs)
        if (lostMetrics > 0)
          output.line(`${run}: ${lostMetrics} lines of metrics.jsonl are lost: epochlens verify ${run}`);
    });
}

async function describe(entry: RunEntry): Promise<ListedRun> {
  const { folder, id, parent } = entry;
  const [status, metrics, checkpoints, bytes] = await Promise.all([
    readStatus(folder),
    readMetricsFile(folder),
    listCheckpoints(folder),
    runSize(folder),
  ]);
  const isOpen = 'run' in entry;
  const state = status === undefined ? 'interrupted' : effectiveState(status);
  return {
    run: folder,
    id,
    study: isOpen ? entry.run.study.name : parent,
    architecture: isOpen ? entry.run.study.model.architecture : null,
    state: isOpen ? state : 'damaged',
    epoch: metrics.epochs.at(-1)?.epoch ?? null,
    epochs: status?.epochs ?? null,
    checkpoints: checkpoints.length,
    best: bestOf(metrics.epochs),
    lostMetrics: metrics.lost.length,
    bytes,
    problem: isOpen ? null : entry.problem,
  };
}

function bestOf(epochs: readonly EpochMetrics[]): ListedRun['best'] {
  const accuracies = new Map(epochs.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
  const epoch = bestEpoch({ present: [...accuracies.keys()], accuracies });
  const testAccuracy = epoch === undefined ? null : (accuracies.get(epoch) ?? null);
  return epoch === undefined || testAccuracy === null ? null : { epoch, testAccuracy };
}

function rowOf({ study, id, architecture, state, epoch, epochs, best, checkpoints, bytes }: ListedRun): string[] {
  return [
    study,
    id,
    architecture ?? NOTHING,
    state,
    epoch === null ? NOTHING : `${epoch} of ${epochs ?? '?'}`,
    best === null ? NOTHING : `${best.testAccuracy.toFixed(2)} at ${best.epoch}`,
    `${checkpoints}, ${bytesText(bytes.checkpoints)}`,
    bytesText(bytes.results),
    bytesText(bytes.all),
  ];
}
