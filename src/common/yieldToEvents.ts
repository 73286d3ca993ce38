import { setImmediate } from 'node:timers/promises';

/** Lets signals, messages and timers in between two batches: operations block the thread. */
export async function yieldToEvents(): Promise<void> {
  await setImmediate();
}
