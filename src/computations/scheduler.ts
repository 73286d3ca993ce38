/**
 * Who computes: one at a time, as each keeps weights and batches in memory. Whoever computes for long gives way between
 * two batches, so that everybody gets on, and what a person waits for comes before what can wait.
 */
import { CancelledError } from '../common/errors';

export type Priority = 'soon' | 'later';

/** Waits for others to have their turn, if some are waiting that come first. @throws CancelledError */
export type YieldTurn = () => Promise<void>;

export interface Scheduler {
  /** @throws CancelledError when the signal is raised while waiting */
  take<T>(priority: Priority, signal: AbortSignal, work: (yieldTurn: YieldTurn) => Promise<T>): Promise<T>;
}

export function createScheduler(): Scheduler {
  const waiting: Record<Priority, (() => void)[]> = { soon: [], later: [] };
  let taken = false;

  function enter(priority: Priority, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(new CancelledError());
    if (!taken) {
      taken = true;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const queue = waiting[priority];
      const cancel = () => {
        queue.splice(queue.indexOf(start), 1);
        reject(new CancelledError());
      };
      const start = () => {
        signal.removeEventListener('abort', cancel);
        resolve();
      };
      queue.push(start);
      signal.addEventListener('abort', cancel, { once: true });
    });
  }

  function leave(): void {
    const next = waiting.soon.shift() ?? waiting.later.shift();
    if (next === undefined) taken = false;
    else next();
  }

  return {
    async take(priority, signal, work) {
      await enter(priority, signal);
      let mine = true as boolean;
      const yieldTurn = async (): Promise<void> => {
        if (waiting.soon.length === 0 && (priority === 'soon' || waiting.later.length === 0)) return;
        leave();
        mine = false;
        await enter(priority, signal);
        mine = true;
      };
      try {
        return await work(yieldTurn);
      } finally {
        if (mine) leave();
      }
    },
  };
}
