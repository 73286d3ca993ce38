/** How a sweep stands when a person asks something of it, and which of its cells are meant. */
import { isLive, lookAtScheduler } from '../../cluster';
import { InputError, isReportedError } from '../../common/errors';
import { findCells, readStudyFile, type StudiesInFile } from '../../study';
import { readQueue, stateOf, sweepFolder, type CellProgress, type QueueFile, type SweepState } from '../../sweeps';
import type { Output } from '../printing/output';
import type { SweepCost } from '../printing/sweepTable';
import { usualJobs } from './jobs';
import type { StudyWithSweep } from './latestStudy';
import { liveTasks } from './onCluster';
import { costOf, plannedCells } from './plan';

export interface Situation {
  readonly inFile: StudyWithSweep;
  /** Of the study, absolute. */
  readonly path: string;
  /** Of queue.json, absolute. */
  readonly folder: string;
  readonly state: SweepState;
  readonly queue: QueueFile | undefined;
  /** Those that were named; undefined: all. */
  readonly ids: ReadonlySet<string> | undefined;
  /** See `lookAtScheduler`. */
  readonly through: string | null;
  /** Of these, what there is left to do. */
  readonly planned: readonly CellProgress[];
  readonly cost: () => Promise<SweepCost>;
}

export interface CellsAsked {
  readonly cell?: readonly string[];
  readonly retry?: boolean;
  readonly jobs?: number;
  readonly host?: string;
}

/** @throws InputError of the study, or of a cell that it does not have */
export async function situationOf(file: string, asked: CellsAsked, output: Output): Promise<Situation> {
  const inFile = withSweep(await readStudyFile(file), file);
  const { path, folder: studyFolder } = inFile.studies[0];
  const folder = await sweepFolder(path);
  const through = asked.host ?? null;
  await lookOrSay(folder, through, output);
  const state = await stateOf(inFile, through);
  const ids =
    asked.cell && new Set(asked.cell.flatMap((word) => findCells(inFile.sweep, word, file)).map(({ id }) => id));
  const queue = await readQueue(folder);
  const planned = plannedCells(state, { ids, retry: asked.retry ?? false }, queue?.cancelled ?? []);
  const cost = (): Promise<SweepCost> => costOf(planned, asked.jobs ?? queue?.jobs ?? usualJobs(), studyFolder);
  return { inFile, path, folder, state, queue, ids, through, planned, cost };
}

/** Whether a scheduler has any of the cells that are meant. */
export function isOnCluster({ state, ids }: Situation): boolean {
  return liveTasks(state, ids).length > 0;
}

/** Whether a cell waits for a process of this machine; of those that a cluster has none does. */
export function isQueuedHere({ state: { cells }, ids }: Situation): boolean {
  return cells.some(({ cell, state, task }) => state === 'queued' && !isLive(task) && ids?.has(cell.id) !== false);
}

/** That nobody can be asked stops nothing: the files say how far it was. */
export async function lookOrSay(folder: string, through: string | null, output: Output): Promise<void> {
  try {
    await lookAtScheduler(folder, through);
  } catch (error) {
    if (!isReportedError(error)) throw error;
    output.log(error.message);
  }
}

/** @throws InputError where it has none */
function withSweep(inFile: StudiesInFile, file: string): StudyWithSweep {
  const { sweep } = inFile;
  if (sweep !== undefined) return { ...inFile, sweep };
  throw new InputError('the study has no sweep', {
    file,
    expected: 'a "sweep" in the study file',
    advice: 'Such as: "sweep": { "axes": { "training.learningRate": [0.1, 0.05] }, "seeds": 3 }',
  });
}
