/** Deleting the checkpoints of a run that are not to be kept. */
import { InputError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import { listCheckpoints } from '../checkpoints/checkpoints';
import { checkpointFile, STOPPED_FILE } from '../paths';
import { deleteOnPurpose, filesToDelete } from '../deleting';
import { lockRun } from '../locks/lock';
import { runNumbers } from '../imported';
import type { RunManifest } from '../manifest';
import { readMetricsFile } from '../metrics/metricsFile';
import type { Run } from '../open';
import { optimizerStateEpochs, optimizerStateFile } from '../checkpoints/optimizerState';
import { effectiveState, readStatus } from '../status/status';
import { readSums } from '../sums/sums';
import { refuseWhileUsed, usersOf } from '../locks/uses';
import { damagedStays, firstDamaged } from './check';
import { removable, type RemovableFile } from './remove';
import { choosingAccuracies } from '../metrics/choosing';
import { bestEpoch, epochsText, keptEpochs, type EpochsToChooseFrom, type KeepRule } from './rule';

/** So many of the newest stay while a training is not finished: it goes on from them. */
const KEPT_TO_GO_ON = 2;

/** Of a file that is no epoch's own. */
const NO_EPOCH = -1;

export interface PrunePlan {
  /** Whose checkpoints stay, ascending. */
  readonly kept: readonly number[];
  readonly removed: readonly RemovableFile[];
  /** What removing them frees. */
  readonly bytes: number;
  /** What is to be known of it, each a sentence. */
  readonly notes: readonly string[];
}

/**
 * What would be deleted. Changes nothing, and reads all that stays.
 * @throws InputError where nothing would be left, a file that is to stay is damaged, or which epoch is best is not known
 */
export async function planPrune(run: Run, rule: KeepRule): Promise<PrunePlan> {
  const { folder } = run;
  const { epochs, unfinished } = await epochsOf(folder, run.manifest);
  const kept = keptEpochs(rule, epochs);
  const notes: string[] = [];
  if (rule.best === true && rule.all !== true) notes.push(bestText(epochs));
  const isFinished = await isFinishedRun(folder);
  const goOn = epochs.present.slice(-KEPT_TO_GO_ON).filter((epoch) => !kept.has(epoch));
  if (!isFinished && goOn.length > 0) {
    for (const epoch of goOn) kept.add(epoch);
    const stay = goOn.length === 1 ? 'stays' : 'stay';
    notes.push(`The training is not finished: ${epochsText(goOn)} ${stay}, as it goes on from there.`);
  }
  if (kept.size === 0) throw nothingLeft(folder, epochs.present);
  const states = isFinished ? await needlessStates(folder, kept) : [];
  const chosen = await removable(folder, [
    ...epochs.present.filter((epoch) => !kept.has(epoch)).map((epoch) => ({ epoch, file: checkpointFile(epoch) })),
    ...states.map((epoch) => ({ epoch, file: optimizerStateFile(epoch) })),
    // An older version, which does not know it, may have gone on from an epoch before, and left it.
    ...(isFinished ? [{ epoch: NO_EPOCH, file: STOPPED_FILE }] : []),
  ]);
  const checkpoints = [...kept].sort((a, b) => a - b);
  if (chosen.length > 0) {
    await refuseWithoutSums(folder);
    const optimizerStates = isFinished ? [] : await optimizerStateEpochs(folder);
    const damaged = await firstDamaged(folder, { checkpoints, optimizerStates });
    if (damaged !== undefined) throw damagedStays(folder, damaged);
  }
  const isChosen = new Set(chosen.map(({ file }) => file));
  const removed = [...chosen, ...unfinished.filter(({ file }) => !isChosen.has(file))];
  const bytes = removed.reduce((sum, file) => sum + file.bytes, 0);
  return { kept: checkpoints, removed, bytes, notes };
}

/**
 * Deletes what the rule does not keep, as planned now: it may be more or less than before.
 * @throws InputError while the run is trained, or another process computes on it, and as `planPrune` does; WorkError
 */
export async function pruneRun(run: Run, rule: KeepRule): Promise<PrunePlan> {
  // Before what an earlier one has left is deleted with the lock: it is said, too.
  const before = await unfinishedIn(run.folder);
  const lock = await lockRun(run.folder, 'prune');
  try {
    await refuseWhileUsed(run.folder);
    const plan = await planPrune(run, rule);
    await lock.assertHeld();
    await deleteAll(run.folder, plan.removed, plan.kept);
    return withFinished(plan, before);
  } finally {
    await lock.release();
  }
}

/** With the files that went when the lock was taken. */
function withFinished(plan: PrunePlan, before: readonly RemovableFile[]): PrunePlan {
  const isPlanned = new Set(plan.removed.map(({ file }) => file));
  const removed = [...plan.removed, ...before.filter(({ file }) => !isPlanned.has(file))];
  return { ...plan, removed, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function deleteAll(folder: string, removed: readonly RemovableFile[], kept: readonly number[]): Promise<void> {
  if (removed.length === 0) return;
  const newest = Math.max(-1, ...kept, ...removed.map(({ epoch }) => epoch));
  await deleteOnPurpose(
    folder,
    removed.map(({ file }) => file),
    newest,
  );
}

/**
 * What a training does after each epoch, as its study says. The last two epochs always stay. While another process
 * computes on the run nothing goes: it does after a later epoch. Nor does anything while which epoch is best is not known,
 * or a checkpoint is damaged in whose place others would go.
 * @returns why nothing went that should have gone, a sentence
 * @throws WorkError where a file cannot be deleted
 */
export async function dropUnkept(folder: string, rule: KeepRule): Promise<string | undefined> {
  if (rule.all === true || (await usersOf(folder)).length > 0) return undefined;
  try {
    await drop(folder, rule);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return `No checkpoint is deleted: ${error.message}`;
    throw error;
  }
}

async function drop(folder: string, rule: KeepRule): Promise<void> {
  const { epochs, unfinished } = await epochsOf(folder, TRAINED_HERE);
  const kept = keptEpochs(rule, epochs);
  const checked = new Set(epochs.present.slice(-KEPT_TO_GO_ON));
  for (const epoch of checked) kept.add(epoch);
  const best = rule.best === true ? bestEpoch(epochs) : undefined;
  if (best !== undefined) checked.add(best);
  const gone = epochs.present.filter((epoch) => !kept.has(epoch));
  const files = await removable(
    folder,
    gone.map((epoch) => ({ epoch, file: checkpointFile(epoch) })),
  );
  if (files.length > 0) {
    await refuseWithoutSums(folder);
    const damaged = await firstDamaged(folder, { checkpoints: [...checked], optimizerStates: [] });
    if (damaged !== undefined) throw damagedStays(folder, damaged);
  }
  await deleteAll(folder, [...files, ...unfinished], epochs.present);
}

/** A training deletes of its own run alone. */
const TRAINED_HERE: Pick<RunManifest, 'imported'> = {};

/** Apart from those that can be chosen there is what an earlier deletion has left. */
async function epochsOf(
  folder: string,
  manifest: Pick<RunManifest, 'imported'>,
): Promise<{ epochs: EpochsToChooseFrom; unfinished: RemovableFile[] }> {
  const unfinished = await unfinishedIn(folder);
  const isGoing = new Set(unfinished.map(({ file }) => file));
  const present = (await listCheckpoints(folder)).map(({ epoch }) => epoch);
  const metrics = await readMetricsFile(folder);
  const { metrics: measured } = await runNumbers(folder, manifest, metrics.epochs);
  const { accuracies, chosenBy } = choosingAccuracies(measured);
  for (const epoch of metrics.lost) accuracies.delete(epoch);
  return {
    epochs: { present: present.filter((epoch) => !isGoing.has(checkpointFile(epoch))), accuracies, chosenBy },
    unfinished,
  };
}

async function unfinishedIn(folder: string): Promise<RemovableFile[]> {
  const files = await filesToDelete(folder);
  return removable(
    folder,
    files.map((file) => ({ epoch: Number(/-(\d+)\./.exec(file)?.[1] ?? NO_EPOCH), file })),
  );
}

/** What is deleted is to be told from what was lost. */
async function refuseWithoutSums(folder: string): Promise<void> {
  if ((await readSums(folder)) !== 'missing') return;
  throw new InputError('sums.jsonl is gone: what is deleted now could not be told from what was lost', {
    file: folder,
    advice: `Restore it from a copy; or, if you trust the files as they are:  epochlens verify ${shellWord(folder)} --seal`,
  });
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
  return `Best is epoch ${best}, chosen by the ${epochs.chosenBy} images: ${accuracy === null ? '' : accuracy.toFixed(2)} %${tie}.`;
}

function nothingLeft(folder: string, present: readonly number[]): InputError {
  return new InputError('no checkpoint would be left', {
    file: folder,
    place: '--keep',
    found: present.length === 0 ? 'none' : `checkpoints of ${epochsText(present)}`,
    expected: 'one of these at least',
    advice: 'To delete a run, delete its folder.',
  });
}
