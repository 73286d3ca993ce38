/** Waiting for what has no event: asks again until it holds. */
import { PATIENCE_SECONDS } from './patience';

const PAUSE_MILLISECONDS = 50;

/** @throws when it does not hold within so many seconds, saying what was waited for */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = PATIENCE_SECONDS,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${String(seconds)} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}
