/** Which files of a run must be there. */
import { isReportedError } from '../../common/errors';
import { listCheckpointFiles } from '../checkpoints/checkpoints';
import { hasStopped } from '../checkpoints/stopped';
import { checkpointFile, STOPPED_FILE } from '../paths';
import { METRICS_FILE } from '../metrics/metrics';
import { readMetricsFile, type MetricsFile } from '../metrics/metricsFile';
import { KEPT_OPTIMIZER_STATES, optimizerStateEpochs, optimizerStateFile } from '../checkpoints/optimizerState';
import { readStatus, saysDone } from '../status/status';
import type { Sums } from '../sums/sums';

/** Files of epochs, and of what was stopped within one: those that are there, and those that should be. Ascending. */
export interface EpochFilesToCheck {
  readonly checkpoints: readonly EpochToCheck[];
  readonly optimizerStates: readonly EpochToCheck[];
}

export interface EpochToCheck {
  readonly epoch: number;
  readonly file: string;
  readonly isThere: boolean;
}

/**
 * @param sums undefined where there are none: nothing says then what is missing
 * @param isImported an import writes all checkpoints or none, and mostly no metrics
 */
export async function epochFiles(
  folder: string,
  sums: Sums | undefined,
  isImported: boolean,
): Promise<EpochFilesToCheck> {
  const done = isImported ? Infinity : await lastDoneEpoch(folder, sums);
  const written = (fileOf: (epoch: number) => string): number[] =>
    vouchedEpochs(sums, fileOf).filter((epoch) => epoch <= done);
  const present = (await listCheckpointFiles(folder)).map(({ epoch }) => epoch);
  const states = await optimizerStateEpochs(folder);
  const isVouched = (epoch: number): boolean => (sums?.of(optimizerStateFile(epoch)) ?? []).length > 0;
  const trained = measuredEpochs(sums);
  // A training that fell back has none before the one it went on from: newer ones had pushed it out.
  const hasFallenBack = vouchedEpochs(sums, optimizerStateFile).some((epoch) => epoch > done);
  const neededStates = trained
    .filter((epoch) => epoch <= done)
    .slice(hasFallenBack ? -1 : -KEPT_OPTIMIZER_STATES)
    .filter(isVouched);
  return {
    checkpoints: merge(present, written(checkpointFile), checkpointFile),
    optimizerStates: [...merge(states, neededStates, optimizerStateFile), ...(await stoppedState(folder))],
  };
}

/** Where it was stopped within an epoch: there is no need of it but where status.json says that it goes on there. */
async function stoppedState(folder: string): Promise<EpochToCheck[]> {
  const isThere = await hasStopped(folder);
  const epoch = (await readStatus(folder))?.stopped?.epoch;
  return isThere || epoch !== undefined ? [{ epoch: epoch ?? Infinity, file: STOPPED_FILE, isThere }] : [];
}

/** The newest epoch of which everything was written: rows come first, and a kill may have left a newer one's. */
async function lastDoneEpoch(folder: string, sums: Sums | undefined): Promise<number> {
  const newest = Math.max(-1, ...measuredEpochs(sums));
  const { epochs, damaged, lost } = await readMetricsFile(folder).catch(nothingKnown);
  const ended = saysDone(await readStatus(folder), newest);
  const isThere = lost.includes(newest) || [...epochs, ...damaged].some(({ epoch }) => epoch === newest);
  return isThere || ended ? newest : newest - 1;
}

/** A file that cannot be read is told of by whoever verifies it. */
function nothingKnown(error: unknown): MetricsFile {
  if (!isReportedError(error)) throw error;
  return { epochs: [], damaged: [], restored: [], lost: [] };
}

/** Whose metrics line has a row, ascending. */
function measuredEpochs(sums: Sums | undefined): number[] {
  const rows = sums?.rows() ?? [];
  const epochs = rows.flatMap(({ file, epoch }) => (file === METRICS_FILE && epoch !== undefined ? [epoch] : []));
  return epochs.sort((a, b) => a - b);
}

function vouchedEpochs(sums: Sums | undefined, fileOf: (epoch: number) => string): number[] {
  const epochs = (sums?.rows() ?? []).flatMap(({ file, epoch }) => {
    const number = Number(/-(\d+)\.safetensors$/.exec(file)?.[1]);
    return epoch === undefined && file === fileOf(number) ? [number] : [];
  });
  return epochs.sort((a, b) => a - b);
}

function merge(present: readonly number[], needed: readonly number[], fileOf: (epoch: number) => string) {
  const there = new Set(present);
  const epochs = [...new Set([...present, ...needed])].sort((a, b) => a - b);
  return epochs.map((epoch): EpochToCheck => ({ epoch, file: fileOf(epoch), isThere: there.has(epoch) }));
}
