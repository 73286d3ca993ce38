/** A cell is worked on by one at a time, of whichever machine. */
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../common/errors';
import { lockRun, type RunLock } from '../runs';
import { sweepPaths } from './sweepPaths';

export interface Claim {
  readonly release: () => Promise<void>;
}

const LOOK_MILLISECONDS = 1000;
/** Often enough for others: see HEARTBEAT_LIMIT_SECONDS. */
const BEAT_MILLISECONDS = 60_000;

/**
 * Waits while another works on it. Undefined where the signal was raised meanwhile.
 * @param folder see `sweepFolder` @param waits called once where it is not free
 * @throws WorkError where nothing can be written
 */
export async function claimCell(
  folder: string,
  id: string,
  { signal, waits }: { readonly signal: AbortSignal; readonly waits: () => void },
): Promise<Claim | undefined> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    try {
      return held(await lockRun(sweepPaths(folder).cell(id), 'cell'));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (isFirst) waits();
      await setTimeout(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

function held(lock: RunLock): Claim {
  const beats = setInterval(() => void lock.beat().catch(() => undefined), BEAT_MILLISECONDS);
  return {
    release: async () => {
      clearInterval(beats);
      await lock.release();
    },
  };
}
