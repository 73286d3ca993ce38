/**
 * Who computes: one at a time, as each keeps weights and batches in memory. Whoever computes for long gives way between
 * two batches, so that everybody gets on, and what a person waits for comes before what can wait.
 */
import { CancelledError } from '../common/errors';
import type { Job } from '../common/jobs';

export type Priority = 'soon' | 'later';

/** Waits for others to have their turn, if some are waiting that come first. @throws CancelledError */
export type YieldTurn = () => Promise<void>;

/** Told what has the turn that is waited for, and null once the wait is over. A short wait is not told. */
export type OnWaiting = (behind: Job | null) => void;

export interface Scheduler {
  /** @throws CancelledError when the signal is raised while waiting */
  take<T>(priority: Priority, signal: AbortSignal, work: (yieldTurn: YieldTurn) => Promise<T>): Promise<T>;
  /** The same turns, taken for a job. */
  takenFor(job: Job, onWaiting: OnWaiting | undefined): Scheduler;
}

/** A wait for one batch of another job is over sooner. */
const SHORT_MILLISECONDS = 150;

export function createScheduler(): Scheduler {
  const waiting: Record<Priority, (() => void)[]> = { soon: [], later: [] };
  let taken = false;
  /** What the turn is taken for, where that is known. */
  let holder: Job | undefined;

  function leave(): void {
    const next = waiting.soon.shift() ?? waiting.later.shift();
    if (next === undefined) taken = false;
    else next();
  }

  function takenFor(job?: Job, onWaiting?: OnWaiting): Scheduler {
    function enter(priority: Priority, signal: AbortSignal): Promise<void> {
      if (signal.aborted) return Promise.reject(new CancelledError());
      if (!taken) {
        taken = true;
        holder = job;
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const queue = waiting[priority];
        const wait = tellWaiting(onWaiting, () => holder);
        const cancel = () => {
          wait.end();
          queue.splice(queue.indexOf(start), 1);
          reject(new CancelledError());
        };
        const start = () => {
          wait.end();
          holder = job;
          signal.removeEventListener('abort', cancel);
          resolve();
        };
        queue.push(start);
        signal.addEventListener('abort', cancel, { once: true });
      });
    }

    return {
      takenFor,
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

  return takenFor();
}

/** @param holder what has the turn when the wait has become long */
function tellWaiting(onWaiting: OnWaiting | undefined, holder: () => Job | undefined): { end(): void } {
  let told = false;
  const timer = setTimeout(() => {
    const behind = holder();
    if (behind === undefined) return;
    told = true;
    onWaiting?.(behind);
  }, SHORT_MILLISECONDS);
  return {
    end() {
      clearTimeout(timer);
      if (told) onWaiting?.(null);
    },
  };
}
