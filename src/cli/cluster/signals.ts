/** What a scheduler tells a task: that its time is up, that it is to make room, or that it is cancelled. */
import type { Output } from '../printing/output';
import { TIME_IS_UP } from '../sweep/child';

const SIGNALS = ['SIGUSR2', 'SIGTERM', 'SIGINT'] as const;

/**
 * Raised with `TIME_IS_UP` at the first; those after it ask for nothing else, since the scheduler itself ends what takes
 * too long.
 */
export function untilTimeIsUp(output: Pick<Output, 'log'>): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS)
    process.on(name, () => {
      if (controller.signal.aborted) return;
      output.log(`${name}: stopping the task…`);
      controller.abort(TIME_IS_UP);
    });
  return controller.signal;
}
