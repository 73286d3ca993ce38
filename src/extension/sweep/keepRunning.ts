import type { SweepState } from '../../sweeps/sweepState';
import { spawnSweep } from './spawnSweep';
import type { SweepParts } from './sweepParts';

/** Starts the process that trains what is queued, unless one does. */
export async function keepRunning(parts: SweepParts, { studyFile }: SweepState, ...options: string[]): Promise<void> {
  const now = await parts.sweeps.reread(studyFile);
  if (now === undefined || now.runner !== undefined) return;
  const { readQueue } = await import('../../sweeps');
  const [first] = (await readQueue(now.folder))?.order ?? [];
  if (first === undefined) return;
  // It goes on with all that is queued. Without a cell it would queue the whole sweep.
  await spawnSweep(parts, now, ['--cell', first, ...options]);
  await untilRunning(parts, studyFile);
}

const WAIT_MILLISECONDS = 250;
const MOST_WAITS = 40;

/** Until its process has written that it runs; one that fails at once says why in the sweep's log. */
async function untilRunning({ sweeps }: SweepParts, studyFile: string): Promise<void> {
  for (let waits = 0; waits < MOST_WAITS; waits++) {
    const state = await sweeps.reread(studyFile);
    if (state === undefined || state.runner !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS));
  }
}
