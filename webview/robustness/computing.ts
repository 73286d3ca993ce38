/** Starts tests from the panel, and follows their progress, whoever started them. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Params, Result } from '../../src/protocol/contract';
import type { RobustnessHostContract, ShownJob } from '../../src/protocol/robustnessPanel';
import { messageOf, type RequestState } from '../frame';
import { openRows, type RobustnessState } from './robustnessState';

export interface TestsComputation {
  readonly state: ReadonlySignal<RequestState>;
  /** Computes the visible results that are missing or outdated. */
  start(of: RobustnessState): void;
  /** Called with whether something is being computed. */
  take(computing: boolean): void;
  /** Called with the progress. */
  count(job: ShownJob): void;
}

type Compute = (
  params: Params<RobustnessHostContract, 'compute'>,
) => Promise<Result<RobustnessHostContract, 'compute'>>;

const NO_PROGRESS: ShownJob = { done: 0, of: 0, left: null, behind: null };

export function createTestsComputation(compute: Compute): TestsComputation {
  const isComputing = signal(false);
  const job = signal(NO_PROGRESS);
  /** How the last computation from this panel ended, until another one starts. */
  const ended = signal<RequestState>({ kind: 'idle' });

  return {
    state: computed(() => {
      const { done, of, left, behind } = job.value;
      if (!isComputing.value) return ended.value;
      if (behind !== null) return { kind: 'waiting', behind };
      return { kind: 'computing', done, of, left: left ?? undefined };
    }),
    start(shown) {
      const open = openRows(shown);
      const entries = [...new Set(open.map(({ test }) => test.entry))];
      const epochs = [...new Set(open.map(({ checkpoint }) => checkpoint.epoch))].sort((a, b) => a - b);
      const all = entries.length === shown.tests.tests.length;
      ended.value = { kind: 'idle' };
      compute({ epochs, ...(all ? {} : { entries }) }).then(
        ({ done }) => {
          const { done: count, of } = job.peek();
          ended.value = done ? { kind: 'idle' } : { kind: 'cancelled', done: count, of };
        },
        (error: unknown) => (ended.value = { kind: 'failed', message: messageOf(error) }),
      );
    },
    take(computing) {
      if (computing && !isComputing.peek()) {
        ended.value = { kind: 'idle' };
        job.value = NO_PROGRESS;
      }
      isComputing.value = computing;
    },
    count: (next) => (job.value = next),
  };
}
