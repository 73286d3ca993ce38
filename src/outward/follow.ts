/** Tells another tool of a training while it runs: the training neither waits for it nor fails with it. */
import { CancelledError, WorkError } from '../common/errors';

export interface Following {
  /** What is done each time, with everything that is known by then. */
  readonly tell: (isEnd: boolean, signal: AbortSignal) => Promise<unknown>;
  /** Told of the first failure. */
  readonly onProblem: (error: unknown) => void;
  /** Between two tellings within an epoch. */
  readonly pauseMilliseconds?: number;
  /** How long the end may take: a training is over when it is over. */
  readonly patienceMilliseconds?: number;
}

export interface Follower {
  /** @param what an epoch is told at once, steps now and then */
  changed(what: 'epoch' | 'step'): void;
  /** Tells all that there is, whatever became of it before: a server may be there again. Never throws. */
  end(): Promise<void>;
}

const RETRY_MILLISECONDS = 60_000;
/** What telling costs is a small share of the time. */
const SHARE = 20;

export function createFollower({
  tell,
  onProblem,
  pauseMilliseconds = 10_000,
  patienceMilliseconds = 10_000,
}: Following): Follower {
  const ender = new AbortController();
  let running: Promise<void> | undefined;
  let isWanted = false;
  let failures = 0;
  /** Not before. */
  let next = 0;

  async function tellOnce(isEnd: boolean): Promise<void> {
    const began = Date.now();
    try {
      await tell(isEnd, ender.signal);
      failures = 0;
      next = Date.now() + Math.max(pauseMilliseconds, SHARE * (Date.now() - began));
    } catch (error) {
      const isLate = error instanceof CancelledError && ender.signal.aborted;
      if (failures++ === 0)
        onProblem(isLate ? new WorkError(`it took more than ${patienceMilliseconds / 1000} s`) : error);
      next = Date.now() + RETRY_MILLISECONDS * Math.min(10, failures);
    }
  }

  async function tellAll(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      await tellOnce(false);
      if (failures > 0) return;
    }
  }

  return {
    changed(what) {
      if (Date.now() < next && (what === 'step' || failures > 0)) return;
      isWanted = true;
      running ??= tellAll().finally(() => (running = undefined));
    },
    async end() {
      const timer = setTimeout(() => ender.abort(), patienceMilliseconds);
      await running;
      if (!ender.signal.aborted) await tellOnce(true);
      clearTimeout(timer);
    },
  };
}
