/** Ctrl-C, and other requests to stop: the first asks the work to stop where it can, the second ends the process. */
import { constants } from 'node:os';
import { CancelledError } from '../common/errors';
import type { Output } from './printing/output';

/**
 * SIGHUP: the terminal was closed, or the connection to it broke. SIGUSR2: a scheduler's time limit is near. SIGUSR1 is not
 * ours: it starts Node's debugger.
 */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;

export function abortOnInterrupt(output: Output, what: string): AbortSignal {
  const controller = new AbortController();
  let asked = false;
  function stop(signal: (typeof SIGNALS)[number]): void {
    if (!controller.signal.aborted) {
      output.log(`Stopping ${what}… (again to stop at once)`);
      controller.abort();
    } else if (asked && signal !== 'SIGHUP' && signal !== 'SIGUSR2') {
      // As a shell numbers it. A closing terminal says so twice, itself and by its shell, and means it once.
      process.exit(128 + constants.signals[signal]);
    }
    // A scheduler's SIGTERM after its warning asks for nothing else: it ends the process itself if that takes too long.
    asked ||= signal !== 'SIGUSR2';
  }
  for (const signal of SIGNALS) process.on(signal, stop);
  return controller.signal;
}

/** Of work whose finished parts are kept: says so where it was cancelled. @throws what the work throws */
export function sayWhatIsKept<T>(output: Output, work: Promise<T>): Promise<T> {
  return sayIfCancelled(output, work, 'What was finished is kept: the same command goes on from there.');
}

/** @param what then is, in a sentence @throws what the work throws */
export async function sayIfCancelled<T>(output: Output, work: Promise<T>, what: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof CancelledError) output.log(`Cancelled. ${what}`);
    throw error;
  }
}
