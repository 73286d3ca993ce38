import type { SweepState } from '../../sweeps/sweepState';
import { isPending } from './counts';
import { spawnSweep } from './spawnSweep';
import type { SweepParts } from './sweepParts';

/** Starts the process that trains what is queued, unless one does. */
export async function keepRunning(parts: SweepParts, { studyFile }: SweepState, ...options: string[]): Promise<void> {
  const now = await parts.sweeps.reread(studyFile);
  if (now === undefined || now.runner !== undefined || !now.cells.some(isPending)) return;
  await spawnSweep(parts, now, options);
  await untilRunning(parts, studyFile);
}

const WAIT_MILLISECONDS = 250;
const MOST_WAITS = 40;

/** Until its process has written that it runs, or has ended again. */
async function untilRunning({ sweeps }: SweepParts, studyFile: string): Promise<void> {
  for (let waits = 0; waits < MOST_WAITS; waits++) {
    const state = await sweeps.reread(studyFile);
    if (state === undefined || state.runner !== undefined || !state.cells.some(isPending)) return;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS));
  }
}
