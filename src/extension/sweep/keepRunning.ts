import { WorkError } from '../../common/errors';
import { readRegularFile } from '../../common/regularFile';
import type { SweepState } from '../../sweeps/sweepState';
import { reasonIn } from '../training/logTail';
import { spawnSweep, type SweepProcess } from './spawnSweep';
import type { SweepParts } from './sweepParts';

/** Of an id, enough to tell it from 2,000 others: Windows takes 32,767 characters of arguments. */
const PREFIX = 12;

/** Starts the process that trains what is queued, unless one does. */
export async function keepRunning(parts: SweepParts, { studyFile }: SweepState, ...options: string[]): Promise<void> {
  const now = await parts.sweeps.reread(studyFile);
  if (now === undefined || now.runner !== undefined) return;
  const { readQueue } = await import('../../sweeps');
  const order = new Set((await readQueue(now.folder))?.order ?? []);
  const queued = now.cells.filter(({ cell }) => order.has(cell.id)).map(({ cell }) => cell.id.slice(0, PREFIX));
  if (queued.length === 0) return;
  // By name, because without names it would queue the whole sweep, also what a person has left out.
  await untilRunning(parts, studyFile, await spawnSweep(parts, now, ['--cell', ...queued, ...options]));
}

const WAIT_MILLISECONDS = 250;
const MOST_WAITS = 240;

/** Until its process has written that it runs. @throws WorkError where that ends before, in its own words */
async function untilRunning({ sweeps }: SweepParts, studyFile: string, started: SweepProcess): Promise<void> {
  for (let waits = 0; waits < MOST_WAITS; waits++) {
    const exitCode = started.exitCode();
    const state = await sweeps.reread(studyFile);
    if (state === undefined || state.runner !== undefined || exitCode === 0) return;
    if (exitCode !== undefined) {
      const output = await readRegularFile(started.log).catch(() => Buffer.alloc(0));
      throw new WorkError(reasonIn(output.subarray(started.logOffset).toString('utf8')));
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS));
  }
}
