/** Deleting the checkpoints of a run that are not to be kept. */
import { InputError } from '../../common/errors';
import { checkpointFile, listCheckpoints, rangesText } from '../checkpoints';
import { lockRun } from '../lock';
import { readMetrics } from '../metricsFile';
import type { Run } from '../open';
import { optimizerStateEpochs, optimizerStateFile } from '../optimizerState';
import { effectiveState, readStatus } from '../status';
import { readSums } from '../sums';
import { refuseWhileUsed, usersOf } from '../uses';
import { removable, removeOnPurpose, type RemovableFile } from './remove';
import { bestEpoch, keptEpochs, type EpochsToChooseFrom, type KeepRule } from './rule';

/** So many of the newest stay while a training is not finished: it goes on from them. */
const KEPT_TO_GO_ON = 2;

export interface PrunePlan {
  /** Whose checkpoints stay, ascending. */
  readonly kept: readonly number[];
  readonly removed: readonly RemovableFile[];
  /** What removing them frees. */
  readonly bytes: number;
  /** What is to be known of it, each a sentence. */
  readonly notes: readonly string[];
}

/** What would be deleted. Changes nothing. @throws InputError where nothing would be left */
export async function planPrune(run: Run, rule: KeepRule): Promise<PrunePlan> {
  const { folder } = run;
  const { epochs, halfDeleted } = await epochsOf(folder);
  const kept = keptEpochs(rule, epochs);
  const notes: string[] = [];
  if (rule.best === true && rule.all !== true) notes.push(bestText(epochs));
  const isFinished = await isFinishedRun(folder);
  const goOn = epochs.present.slice(-KEPT_TO_GO_ON).filter((epoch) => !kept.has(epoch));
  if (!isFinished && goOn.length > 0) {
    for (const epoch of goOn) kept.add(epoch);
    notes.push(`The training is not finished: ${rangesText(goOn)} stay, as it goes on from there.`);
  }
  if (kept.size === 0) throw nothingLeft(folder, epochs.present);
  const checkpoints = [...epochs.present.filter((epoch) => !kept.has(epoch)), ...halfDeleted];
  const states = isFinished ? await needlessStates(folder, kept) : [];
  const removed = await Promise.all([
    ...checkpoints.map((epoch) => removable(folder, epoch, checkpointFile(epoch))),
    ...states.map((epoch) => removable(folder, epoch, optimizerStateFile(epoch))),
  ]);
  const bytes = removed.reduce((sum, file) => sum + file.bytes, 0);
  return { kept: [...kept].sort((a, b) => a - b), removed, bytes, notes };
}

/**
 * Deletes what the rule does not keep, as planned now: it may be more or less than before.
 * @throws InputError while the run is trained, or another process computes on it
 */
export async function pruneRun(run: Run, rule: KeepRule): Promise<PrunePlan> {
  const lock = await lockRun(run.folder);
  try {
    await refuseWhileUsed(run.folder);
    const plan = await planPrune(run, rule);
    const newest = Math.max(-1, ...plan.kept, ...plan.removed.map(({ epoch }) => epoch));
    await lock.assertHeld();
    await removeOnPurpose(run.folder, plan.removed, newest);
    return plan;
  } finally {
    await lock.release();
  }
}

/**
 * What a training does after each epoch, as its study says. The last two epochs always stay. While another process
 * computes on the run nothing goes: it does after a later epoch.
 */
export async function dropUnkept(folder: string, rule: KeepRule): Promise<void> {
  if (rule.all === true || (await usersOf(folder)).length > 0) return;
  const { epochs, halfDeleted } = await epochsOf(folder);
  const kept = keptEpochs(rule, epochs);
  for (const epoch of epochs.present.slice(-KEPT_TO_GO_ON)) kept.add(epoch);
  const gone = [...epochs.present.filter((epoch) => !kept.has(epoch)), ...halfDeleted];
  const files = await Promise.all(gone.map((epoch) => removable(folder, epoch, checkpointFile(epoch))));
  await removeOnPurpose(folder, files, epochs.present.at(-1) ?? 0);
}

/** Apart from those there are the checkpoints that a kill kept from being deleted. */
async function epochsOf(folder: string): Promise<{ epochs: EpochsToChooseFrom; halfDeleted: number[] }> {
  const sums = await readSums(folder);
  const isGoing = (epoch: number): boolean => typeof sums !== 'string' && sums.of(checkpointFile(epoch)) === null;
  const all = (await listCheckpoints(folder)).map(({ epoch }) => epoch);
  const metrics = await readMetrics(folder);
  const accuracies = new Map(metrics.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
  return {
    epochs: { present: all.filter((epoch) => !isGoing(epoch)), accuracies },
    halfDeleted: all.filter(isGoing),
  };
}

async function isFinishedRun(folder: string): Promise<boolean> {
  const status = await readStatus(folder);
  return status !== undefined && effectiveState(status) === 'finished';
}

/** Of a finished training only the newest could still be asked for, and only beside its checkpoint. */
async function needlessStates(folder: string, kept: ReadonlySet<number>): Promise<number[]> {
  const [newest, ...older] = await optimizerStateEpochs(folder);
  return newest === undefined || kept.has(newest) ? older : [newest, ...older];
}

/** Of epochs among which the best is known. */
function bestText(epochs: EpochsToChooseFrom): string {
  const best = bestEpoch(epochs);
  if (best === undefined) return '';
  const accuracy = epochs.accuracies.get(best) ?? null;
  const equal = epochs.present.filter((epoch) => epochs.accuracies.get(epoch) === accuracy);
  const tie = equal.length > 1 ? `, the earliest of ${equal.length} that are equal` : '';
  return `Best is epoch ${best}: ${accuracy === null ? '' : accuracy.toFixed(2)} % of the test images${tie}.`;
}

function nothingLeft(folder: string, present: readonly number[]): InputError {
  return new InputError('no checkpoint would be left', {
    file: folder,
    place: '--keep',
    found: `checkpoints of epochs ${rangesText(present)}`,
    expected: 'one of these at least',
    advice: 'To delete a run, delete its folder.',
  });
}
