/** Works through a sweep's queue, in this process, with a child for each training and each test. */
import { setTimeout } from 'node:timers/promises';
import { isLive, tasksOf } from '../../cluster';
import type { Cell } from '../../study';
import { changeQueue, readQueue, writeRunner, type QueueFile } from '../../sweeps';
import type { Output } from '../printing/output';
import { activeCells, type ActiveCells } from './activeCells';
import { tooLittleMemory, usualJobs } from './jobs';
import { latestStudy, type StudyWithSweep } from './latestStudy';
import type { SweepRun, Told } from './sweepRun';

const LOOK_MILLISECONDS = 500;

/**
 * Ends when the queue is empty, or at once when it is asked to stop: its children then end as cancelled.
 * @throws WorkError where the sweep's own files cannot be written
 */
export async function runSweep(sweepRun: SweepRun, told: Told, output: Output, signal: AbortSignal): Promise<void> {
  const { folder, engine } = sweepRun;
  const { path } = sweepRun.inFile.studies[0];
  const startedAt = new Date().toISOString();
  const known = latestStudy(sweepRun.inFile, output);
  /** Aborted where a cell ends, so that the next one begins at once. */
  let wake = new AbortController();
  const active = activeCells(sweepRun, {
    told,
    output,
    signal,
    woken: () => {
      wake.abort();
    },
  });
  try {
    for (;;) {
      active.check();
      const queue = await readQueue(folder);
      const inFile = await known();
      const cells = new Map(inFile.sweep.cells.map((cell) => [cell.id, cell]));
      active.stop((id) => signal.aborted || queue?.cancelled.includes(id) === true);
      const strangers = (queue?.order ?? []).filter((id) => !cells.has(id) && !active.has(id));
      if (strangers.length > 0) {
        output.log(`${String(strangers.length)} of the queue are no longer in the study file, and are left out.`);
        await changeQueue(folder, path, { done: strangers });
      }
      const jobs = queue?.jobs ?? usualJobs();
      const wanted = (queue?.order ?? []).flatMap((id) => (active.has(id) ? [] : (cells.get(id) ?? [])));
      const away = wanted.length > 0 && active.count() < jobs ? await onCluster(folder, wanted) : [];
      if (away.length > 0) {
        output.log(`${String(away.length)} of the queue are on the cluster, and are left to it.`);
        await changeQueue(folder, path, { done: away.map(({ id }) => id) });
      }
      const waits = wanted.filter((cell) => !away.includes(cell));
      const isPaused = queue?.paused === true;
      const little = signal.aborted || isPaused ? undefined : await startNext(waits, active, { jobs, engine, inFile });
      const waiting = isPaused ? 'paused' : little;
      await writeRunner(folder, { startedAt, jobs, ...(waiting !== undefined && { waiting }), active: active.list() });
      await told.tick(waiting);
      if (active.count() === 0 && (signal.aborted || waits.length === 0)) return;
      await setTimeout(LOOK_MILLISECONDS, undefined, { signal: wake.signal }).catch(() => undefined);
      wake = new AbortController();
    }
  } finally {
    active.stop(() => true);
    await active.ended();
  }
}

async function onCluster(folder: string, cells: readonly Cell[]): Promise<Cell[]> {
  const tasks = await tasksOf(folder);
  return cells.filter(({ id }) => isLive(tasks.get(id)));
}

interface Start {
  readonly jobs: number;
  readonly engine: QueueFile['engine'];
  readonly inFile: StudyWithSweep;
}

/** Of those that wait as many as may run beside those that do. Answers why it starts no more, where memory is why. */
async function startNext(
  waits: readonly Cell[],
  active: ActiveCells,
  { jobs, engine, inFile }: Start,
): Promise<string | undefined> {
  for (const cell of waits) {
    if (active.count() >= jobs) return undefined;
    // Alone it always begins: whether it fits its own process knows best.
    const little =
      active.count() === 0 ? undefined : await tooLittleMemory(cell, inFile.studies[0].folder, engine, active);
    if (little !== undefined) return little;
    active.start(cell, inFile);
  }
  return undefined;
}
