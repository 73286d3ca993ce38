import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../common/errors';
import type { PassingError } from './problems';
import type { DownloadProgress, Timeouts, Watch } from './source';

/** Longer than this nobody waits for a server that asks for it. */
const LONGEST_WAIT_MILLISECONDS = 60_000;

/** Waits before another attempt, and says why. @throws the error where the server wants to be left alone for too long; CancelledError */
export async function pauseBefore(
  error: PassingError,
  fruitless: number,
  { done, total }: Pick<DownloadProgress, 'done'> & { readonly total?: number | undefined },
  { signal, progress }: Watch,
  timeouts: Timeouts,
): Promise<void> {
  const wait = Math.max(timeouts.pause * 2 ** (fruitless - 1), error.waitMilliseconds ?? 0);
  if (wait > LONGEST_WAIT_MILLISECONDS) throw error;
  const waiting = `${error.summary}: trying again in ${Math.ceil(wait / 1000)} s`;
  progress?.({ done, ...(total === undefined ? {} : { total }), waiting });
  await sleep(wait, undefined, { signal }).catch(() => {
    throw new CancelledError();
  });
}
