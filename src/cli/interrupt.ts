/** Ctrl-C: the first asks the work to stop where it can, the second ends the process. */
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
