import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { epochRanges } from '../../common/epochRanges';
import { InputError } from '../../common/errors';
import type { Normalization } from '../../study/index';
import type { Run } from '../open';
import { checkpointFile, checkpointPath, runPaths } from '../paths';
import { readSums } from '../sums/sums';
import { voucherOf, type Voucher } from '../sums/voucher';

export interface Checkpoint {
  readonly epoch: number;
  /** Of the safetensors file. */
  readonly path: string;
}

/** A checkpoint with what its content must agree with. */
export interface VouchedCheckpoint extends Checkpoint {
  readonly voucher: Voucher;
  /** Of the run: a checkpoint that says another was not made by it. */
  readonly normalization: Normalization;
}

const NAME = /^epoch-(\d{3,})\.safetensors$/;

/** What vouches for a checkpoint of a run. */
export async function vouched(
  { folder, study }: Pick<Run, 'folder' | 'study'>,
  { epoch, path }: Checkpoint,
): Promise<VouchedCheckpoint> {
  const voucher = await voucherOf(folder, checkpointFile(epoch), epoch);
  return { epoch, path, voucher, normalization: study.model.normalization };
}

/**
 * The checkpoints that are there, by epoch; the last one is the newest. One that was to be deleted, and that a kill kept
 * from it, is none.
 */
export async function listCheckpoints(folder: string): Promise<Checkpoint[]> {
  // That it cannot be read is told when a checkpoint is.
  const sums = await readSums(folder).catch(() => 'missing' as const);
  const isDeleted = ({ epoch }: Checkpoint): boolean =>
    typeof sums !== 'string' && sums.of(checkpointFile(epoch)) === null;
  return (await listCheckpointFiles(folder)).filter((checkpoint) => !isDeleted(checkpoint));
}

/** All checkpoints that lie there, by epoch. */
export async function listCheckpointFiles(folder: string): Promise<Checkpoint[]> {
  const names = await readdir(runPaths(folder).checkpoints).catch(() => []);
  const present = new Set(names);
  const epochs = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  return (
    [...new Set(epochs)]
      .map((epoch) => ({ epoch, path: checkpointPath(folder, epoch) }))
      // Another number of noughts is a copy by hand.
      .filter(({ path }) => present.has(basename(path)))
      .sort((a, b) => a.epoch - b.epoch)
  );
}

/**
 * The checkpoints of some epochs, in the order asked for, each once; 'all' is all that are there. An epoch without one
 * is refused with `InputError`, or skipped: a study may name epochs that its training has not reached. There is always
 * at least one, or an `InputError`.
 */
export async function selectCheckpoints(
  run: Pick<Run, 'folder' | 'study'>,
  epochs: 'all' | readonly number[],
  ifMissing: 'refuse' | 'skip' = 'refuse',
): Promise<VouchedCheckpoint[]> {
  const { folder } = run;
  const present = await listCheckpoints(folder);
  if (present.length === 0) throw noCheckpoints(folder);
  const vouchedFor = (chosen: readonly Checkpoint[]) => Promise.all(chosen.map((each) => vouched(run, each)));
  if (epochs === 'all') return vouchedFor(present);
  const byEpoch = new Map(present.map((checkpoint) => [checkpoint.epoch, checkpoint]));
  const asked = [...new Set(epochs)];
  const missing = asked.filter((epoch) => !byEpoch.has(epoch));
  const chosen = asked.map((epoch) => byEpoch.get(epoch)).filter((checkpoint) => checkpoint !== undefined);
  if (missing.length > 0 && (ifMissing === 'refuse' || chosen.length === 0))
    throw noSuchEpoch(folder, missing, present);
  return vouchedFor(chosen);
}

function noCheckpoints(folder: string): InputError {
  return new InputError('the run has no checkpoints', {
    file: folder,
    found: 'no epoch-….safetensors in checkpoints',
    expected: 'at least one',
    advice: 'Train it, or go on with its training by --resume.',
  });
}

function noSuchEpoch(folder: string, missing: readonly number[], present: readonly Checkpoint[]): InputError {
  const plural = missing.length === 1 ? 'epoch' : 'epochs';
  return new InputError(`there is no checkpoint of ${plural} ${epochRanges(missing)}`, {
    file: folder,
    found: `checkpoints of epochs ${epochRanges(present.map(({ epoch }) => epoch))}`,
    expected: 'some of these',
  });
}
