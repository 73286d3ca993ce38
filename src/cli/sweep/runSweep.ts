/** Works through a sweep's queue, in this process, with a child for each training and each test. */
import { setTimeout } from 'node:timers/promises';
import { fileStamp } from '../../common/fileStamp';
import { messageOf } from '../../common/errors';
import { readStudyFile, type Cell, type StudiesInFile, type Sweep } from '../../study';
import {
  changeQueue,
  readOutcomes,
  readQueue,
  writeOutcomes,
  writeRunner,
  type Outcome,
  type QueueFile,
} from '../../sweeps';
import type { Output } from '../printing/output';
import { tooLittleMemory, usualJobs } from './jobs';
import { workOnCell } from './workOnCell';

export interface SweepRun {
  readonly inFile: StudiesInFile & { readonly sweep: Sweep };
  /** See `sweepFolder`. */
  readonly folder: string;
  readonly engine: QueueFile['engine'];
  readonly download: boolean;
}

interface Active {
  readonly cell: Cell;
  readonly stop: AbortController;
  readonly since: number;
  run: string;
  phase: 'training' | 'testing';
}

export interface Told {
  readonly began: (cell: Cell, phase: Active['phase'], run: string, how: 'new' | 'resumed' | 'waiting') => void;
  /** @param outcome undefined where it was stopped */
  readonly ended: (cell: Cell, outcome: Outcome | undefined) => void;
  readonly tick: (waiting: string | undefined) => Promise<void>;
}

const LOOK_MILLISECONDS = 500;
/** For so long a training that has begun has not taken its memory yet. */
const YOUNG_MILLISECONDS = 20_000;
const DISK_FULL = /disk is full/i;

/** Ends when the queue is empty, or at once when it is asked to stop: its children then end as cancelled. */
export async function runSweep(sweepRun: SweepRun, told: Told, output: Output, signal: AbortSignal): Promise<void> {
  const { folder, engine, download } = sweepRun;
  const { path } = sweepRun.inFile.studies[0];
  const startedAt = new Date().toISOString();
  const active = new Map<string, Active>();
  const finished: Promise<unknown>[] = [];
  const known = latest(sweepRun.inFile, output);
  let outcomes = await readOutcomes(folder);
  let saving: Promise<unknown> = Promise.resolve();
  let waiting: string | undefined;
  /** Aborted where a cell ends, so that the next one begins at once. */
  let wake = new AbortController();

  const save = (id: string, outcome: Outcome): Promise<unknown> => {
    outcomes = { ...outcomes, [id]: outcome };
    saving = saving.then(() => writeOutcomes(folder, outcomes));
    return saving;
  };

  const settle = async (cell: Cell, outcome: Outcome | undefined): Promise<void> => {
    if (outcome !== undefined) await save(cell.id, outcome);
    // What Ctrl-C stopped is gone on with by the next one.
    if (!signal.aborted) await changeQueue(folder, path, { done: [cell.id] });
    if (outcome?.error !== undefined && DISK_FULL.test(outcome.error)) {
      await changeQueue(folder, path, { paused: true });
      output.log('The disk is full, so that nothing more is started. Free some space, and go on by --continue.');
    }
    told.ended(cell, outcome);
  };

  const start = (cell: Cell, inFile: StudiesInFile & { readonly sweep: Sweep }): void => {
    const stop = new AbortController();
    const own: Active = { cell, stop, since: performance.now(), run: '', phase: 'training' };
    active.set(cell.id, own);
    const work = workOnCell({
      cell,
      inFile,
      tests: inFile.sweep.tests,
      engine,
      download,
      signal: stop.signal,
      begin: (phase, run, how) => {
        Object.assign(own, { phase, run });
        told.began(cell, phase, run, how);
      },
    })
      .catch((error: unknown): Outcome => ({ run: own.run, failed: own.phase, error: messageOf(error) }))
      .then((outcome) => settle(cell, outcome))
      .finally(() => {
        active.delete(cell.id);
        wake.abort();
      });
    finished.push(work);
  };

  try {
    for (;;) {
      const queue = await readQueue(folder);
      const inFile = await known();
      const cells = new Map(inFile.sweep.cells.map((cell) => [cell.id, cell]));
      for (const [id, { stop }] of active) if (signal.aborted || queue?.cancelled.includes(id) === true) stop.abort();
      const strangers = (queue?.order ?? []).filter((id) => !cells.has(id) && !active.has(id));
      if (strangers.length > 0) {
        output.log(`${String(strangers.length)} of the queue are no longer in the study file, and are left out.`);
        await changeQueue(folder, path, { done: strangers });
      }
      const jobs = queue?.jobs ?? usualJobs();
      const waits = (queue?.order ?? []).flatMap((id) => (active.has(id) ? [] : (cells.get(id) ?? [])));
      waiting = queue?.paused === true ? 'paused' : undefined;
      for (const cell of waits) {
        if (signal.aborted || queue?.paused === true || active.size >= jobs) break;
        const young = [...active.values()].filter(({ since }) => performance.now() - since < YOUNG_MILLISECONDS).length;
        const little =
          active.size === 0 ? undefined : await tooLittleMemory(cell, inFile.studies[0].folder, { engine, young });
        if (little !== undefined) {
          waiting = little;
          break;
        }
        start(cell, inFile);
      }
      await writeRunner(folder, {
        startedAt,
        jobs,
        ...(waiting !== undefined && { waiting }),
        active: [...active.values()].map(({ cell, run, phase }) => ({ id: cell.id, run, phase })),
      });
      await told.tick(waiting);
      if (active.size === 0 && (signal.aborted || waits.length === 0)) return;
      await setTimeout(LOOK_MILLISECONDS, undefined, { signal: wake.signal }).catch(() => undefined);
      wake = new AbortController();
    }
  } finally {
    for (const { stop } of active.values()) stop.abort();
    await Promise.allSettled(finished);
  }
}

/** The study file as it is now; while it cannot be read, as it was. */
function latest(first: SweepRun['inFile'], output: Output): () => Promise<SweepRun['inFile']> {
  const { path } = first.studies[0];
  let inFile = first;
  let stamp: string | undefined;
  return async () => {
    const now = await fileStamp(path).catch(() => undefined);
    if (now === stamp || now === undefined) return inFile;
    const isFirst = stamp === undefined;
    stamp = now;
    if (isFirst) return inFile;
    try {
      const read = await readStudyFile(path);
      if (read.sweep !== undefined) inFile = { ...read, sweep: read.sweep };
    } catch (error) {
      output.log(`The sweep goes on as it was: ${messageOf(error)}`);
    }
    return inFile;
  };
}
