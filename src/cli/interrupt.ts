/** Ctrl-C: the first asks the work to stop where it can, the second ends the process. */
import { CancelledError } from '../common/errors';
import type { Output } from './output';

const EXIT_CODE_OF_SIGINT = 130;

export function abortOnInterrupt(output: Output, what: string): AbortSignal {
  const controller = new AbortController();
  function stop(): void {
    if (controller.signal.aborted) process.exit(EXIT_CODE_OF_SIGINT);
    output.log(`Stopping ${what}… (again to stop at once)`);
    controller.abort();
  }
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}

/** Of work whose finished parts are kept: says so where it was cancelled. @throws what the work throws */
export async function tellWhatIsKept<T>(output: Output, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CancelledError)
      output.log('Cancelled. What was finished is kept: the same command goes on from there.');
    throw error;
  }
}
