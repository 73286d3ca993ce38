/** The cells that a sweep's process works on at this moment, and what becomes of them. */
import { messageOf } from '../../common/errors';
import { isDiskFull } from '../../common/systemErrors';
import type { Cell } from '../../study';
import { changeQueue, writeOutcome, type Outcome, type RunnerFile } from '../../sweeps';
import type { Output } from '../printing/output';
import type { StudyWithSweep } from './latestStudy';
import type { SweepRun, Told } from './sweepRun';
import { workOnCell } from './workOnCell';

interface Active {
  readonly cell: Cell;
  readonly stop: AbortController;
  readonly since: number;
  run: string;
  phase: 'training' | 'testing';
}

export interface ActiveCells {
  readonly has: (id: string) => boolean;
  readonly count: () => number;
  /** How many have begun less than so many milliseconds ago. */
  readonly younger: (milliseconds: number) => number;
  /** As runner.json names them. */
  readonly list: () => RunnerFile['active'];
  readonly start: (cell: Cell, inFile: StudyWithSweep) => void;
  /** Asks those to stop that are meant; their processes end in their own way. */
  readonly stop: (isMeant: (id: string) => boolean) => void;
  /** @throws WorkError where what became of one could not be written */
  readonly check: () => void;
  /** Once each that was started has ended. */
  readonly ended: () => Promise<unknown>;
}

/** @param woken called when a cell has ended @param signal aborted where the sweep as a whole is to stop */
export function activeCells(
  { inFile, folder, engine, download }: SweepRun,
  {
    told,
    output,
    signal,
    woken,
  }: {
    readonly told: Told;
    readonly output: Pick<Output, 'log'>;
    readonly signal: AbortSignal;
    readonly woken: () => void;
  },
): ActiveCells {
  const { path } = inFile.studies[0];
  const active = new Map<string, Active>();
  const started: Promise<unknown>[] = [];
  const unwritten: unknown[] = [];

  const settle = async ({ id }: Cell, outcome: Outcome | undefined): Promise<void> => {
    // Nothing else fits on it either.
    if (isDiskFull(outcome?.error ?? '')) {
      output.log('The disk is full, so that nothing more is started. Free some space, and go on by --continue.');
      await changeQueue(folder, path, { paused: true });
    }
    if (outcome !== undefined) await writeOutcome(folder, id, outcome);
    // What Ctrl-C stopped is gone on with by the next one.
    if (!signal.aborted) await changeQueue(folder, path, { done: [id] });
  };

  const work = async (own: Active, now: StudyWithSweep): Promise<void> => {
    const { cell, stop } = own;
    const begin = (phase: Active['phase'], run: string, how: 'new' | 'resumed' | 'waiting'): void => {
      Object.assign(own, { phase, run });
      told.began(cell, phase, run, how);
    };
    const { tests } = now.sweep;
    const outcome = await workOnCell({
      cell,
      inFile: now,
      folder,
      tests,
      engine,
      download,
      signal: stop.signal,
      begin,
    }).catch((error: unknown): Outcome => ({ run: own.run, failed: own.phase, error: messageOf(error) }));
    await settle(cell, outcome);
    told.ended(cell, outcome, outcome === undefined && !stop.signal.aborted);
  };

  const all = (): Active[] => [...active.values()];
  return {
    has: (id) => active.has(id),
    count: () => active.size,
    younger: (milliseconds) => all().filter(({ since }) => performance.now() - since < milliseconds).length,
    list: () => all().map(({ cell, run, phase }) => ({ id: cell.id, run, phase })),
    start: (cell, now) => {
      const own: Active = { cell, stop: new AbortController(), since: performance.now(), run: '', phase: 'training' };
      active.set(cell.id, own);
      const ended = work(own, now)
        .catch((error: unknown) => unwritten.push(error))
        .finally(() => {
          active.delete(cell.id);
          woken();
        });
      started.push(ended);
    },
    stop: (isMeant) => {
      for (const { cell, stop } of all()) if (isMeant(cell.id)) stop.abort();
    },
    check: () => {
      if (unwritten.length > 0) throw unwritten[0];
    },
    ended: () => Promise.all(started),
  };
}
