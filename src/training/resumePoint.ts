/**
 * Where a stopped training goes on: at the step that it was stopped at, or else after the newest epoch of which everything is
 * there and as it was written.
 */
import { epochRanges } from '../common/epochRanges';
import { InputError, isReportedError } from '../common/errors';
import { shellWord } from '../common/shellWord';
import {
  checkpointFile,
  checkpointPath,
  hasStopped,
  listCheckpoints,
  optimizerStateEpochs,
  optimizerStateFile,
  readMetricsFile,
  readSums,
  runWarnings,
  STOPPED_FILE,
  vouched,
  type Run,
} from '../runs';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import { readRunCheckpoint } from '../weights/hashedCheckpoint';
import { readOptimizerState, type OptimizerState } from './optimizerState';
import { readStopped, type Stopped, type WithinEpoch } from './stopped';

export interface ResumePoint {
  /** The newest that is whole. */
  readonly epoch: number;
  /** How far the next epoch was trained; undefined where it is trained from its beginning. */
  readonly within?: WithinEpoch | undefined;
  /** Of the checkpoint; within an epoch what one would hold there. */
  readonly weights: Weights;
  /** Undefined where the momentum begins at zero, as a person asked; averages are then gone on from. */
  readonly optimizer: OptimizerState | undefined;
  /** What was found damaged, missing or incomplete, each a sentence for a person. */
  readonly damage: readonly string[];
}

export interface ResumeOptions {
  /** Whether the momentum may begin at zero where the optimiser state is lost: the numbers are then others. */
  readonly resetOptimizer?: boolean | undefined;
}

/**
 * Undefined where nothing was trained yet, so that beginning at epoch 0 loses nothing.
 * @throws InputError where no epoch is whole, with what is wrong with each: nothing has been written over then
 */
export async function findResumePoint(
  run: Run,
  model: Model,
  { resetOptimizer = false }: ResumeOptions = {},
): Promise<ResumePoint | undefined> {
  const checkpoints = (await listCheckpoints(run.folder)).map(({ epoch }) => epoch);
  const metrics = await readMetricsFile(run.folder);
  const measured = new Set(metrics.epochs.map(({ epoch }) => epoch));
  const states = await optimizerStateEpochs(run.folder);
  const known = [...new Set([...states, ...checkpoints, ...measured])].sort((a, b) => b - a);
  const sums = await readSums(run.folder);
  const written = typeof sums === 'string' ? -1 : sums.newestEpoch;
  const isNew = metrics.damaged.length === 0 && measured.size === 0 && [written, ...known].every((epoch) => epoch <= 0);
  if (isNew) return undefined;
  const damage = await runWarnings(run.folder);
  if (metrics.damaged.length === 0 && metrics.restored.length > 0)
    damage.push(
      `metrics.jsonl has no whole line of epoch ${epochRanges(metrics.restored)}: the copy in sums.jsonl is used.`,
    );
  // Earlier epochs have no optimiser state any more: there is nothing to find out about them.
  const candidates = known.filter((epoch) => resetOptimizer || epoch >= Math.min(...states));
  for (const epoch of candidates) {
    const lacks = whatLacks(epoch, { measured, checkpoints, states: resetOptimizer ? undefined : states });
    if (lacks !== undefined) {
      damage.push(lacks);
      continue;
    }
    try {
      const weights = await readRunCheckpoint(
        await vouched(run, { epoch, path: checkpointPath(run.folder, epoch) }),
        model,
      );
      const optimizer = await optimizerStateOf(run, epoch, model, resetOptimizer);
      return { epoch, weights, optimizer, ...(await stoppedAfter(run, epoch, model, damage)), damage };
    } catch (error) {
      if (!isReportedError(error)) throw error;
      damage.push(error.message);
    }
  }
  throw nothingWhole(run, damage, { checkpoints, states });
}

/** What was kept within the epoch after a whole one. What cannot be gone on from is told with the damage. */
async function stoppedAfter(run: Run, epoch: number, model: Model, damage: string[]): Promise<Partial<Stopped>> {
  if (!(await hasStopped(run.folder))) return {};
  try {
    const stopped = await readStopped(run, model);
    if (stopped.within.epoch === epoch + 1) return stopped;
    // Of an earlier epoch it is what an older version, which does not know it, has left.
    if (stopped.within.epoch > epoch)
      damage.push(`${STOPPED_FILE} is of epoch ${stopped.within.epoch}, and is not used.`);
  } catch (error) {
    if (!isReportedError(error)) throw error;
    damage.push(error.message);
  }
  return {};
}

/** A sentence, where something of the epoch is not there. */
function whatLacks(
  epoch: number,
  there: {
    readonly measured: ReadonlySet<number>;
    readonly checkpoints: readonly number[];
    /** Undefined where the optimiser state is not needed. */
    readonly states: readonly number[] | undefined;
  },
): string | undefined {
  if (!there.checkpoints.includes(epoch)) return `${checkpointFile(epoch)} is missing.`;
  if (there.states?.includes(epoch) === false) return `${optimizerStateFile(epoch)} is missing.`;
  return there.measured.has(epoch) ? undefined : `Epoch ${epoch} is not complete: metrics.jsonl has no line of it.`;
}

async function optimizerStateOf(
  { folder, study }: Run,
  epoch: number,
  model: Model,
  resetOptimizer: boolean,
): Promise<OptimizerState | undefined> {
  try {
    return await readOptimizerState(folder, epoch, model, study.training.ema !== undefined);
  } catch (error) {
    if (resetOptimizer && isReportedError(error)) return undefined;
    throw error;
  }
}

function nothingWhole(
  { folder, studyFile }: Run,
  damage: readonly string[],
  { checkpoints, states }: { readonly checkpoints: readonly number[]; readonly states: readonly number[] },
): InputError {
  const newest = checkpoints.at(-1);
  const lost =
    states.length > 0 || newest === undefined
      ? []
      : [`${optimizerStateFile(newest)} is missing, and so is that of every other epoch.`];
  const reset =
    newest === undefined
      ? ''
      : 'or go on after the newest whole checkpoint with a momentum of zero, which gives other numbers: --resume --reset-optimizer; ';
  return new InputError('this training cannot go on: no epoch has its checkpoint, optimiser state and metrics whole', {
    file: folder,
    found: newest === undefined ? 'no checkpoint' : `checkpoints of epochs ${epochRanges(checkpoints)}`,
    advice:
      `Nothing was changed. Restore what is damaged from a copy and resume again; ${reset}` +
      `or begin anew in a new run folder: epochlens train ${shellWord(studyFile)}`,
    lines: [...damage, ...lost],
  });
}
