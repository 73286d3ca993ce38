/** Starts tests from the panel, and follows their progress, whoever started them. */
import type { Params, Result } from '../../src/protocol/contract';
import type { RobustnessHostContract, RobustnessTab, ShownJob } from '../../src/protocol/robustnessPanel';
import type { ComputationState } from '../common/computationState';
import { openRows, type RobustnessState } from './robustnessState';

export interface TestsComputation {
  /** Computes visible results that are missing or outdated. */
  start(model: RobustnessState): void;
  /** Whether something is being computed. */
  take(computing: boolean): void;
  /** The progress. */
  count(job: ShownJob): void;
  /** The progress as a text for a tab. */
  state(tab: RobustnessTab): ComputationState;
  /** Whether it failed or was cancelled, and nothing has started since. */
  readonly hasEnded: boolean;
}

type Compute = (
  params: Params<RobustnessHostContract, 'compute'>,
) => Promise<Result<RobustnessHostContract, 'compute'>>;

export function createTestsComputation(compute: Compute, onChange: () => void): TestsComputation {
  let isComputing = false;
  /** The progress of the last computation. */
  let job: ShownJob = { done: 0, of: 0, left: null, behind: null };
  let ended: ComputationState | undefined;

  function end(how: ComputationState | undefined): void {
    ended = how;
    onChange();
  }

  return {
    start(model) {
      const open = openRows(model);
      const entries = [...new Set(open.map(({ test }) => test.entry))];
      const epochs = [...new Set(open.map(({ checkpoint }) => checkpoint.epoch))].sort((a, b) => a - b);
      const all = entries.length === model.tests.tests.length;
      ended = undefined;
      compute({ epochs, ...(all ? {} : { entries }) }).then(
        ({ done }) => end(done ? undefined : { kind: 'cancelled', done: job.done, of: job.of }),
        (error: unknown) => end({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
      );
    },
    take(next) {
      if (next && !isComputing) [ended, job] = [undefined, { done: 0, of: 0, left: null, behind: null }];
      isComputing = next;
    },
    count(next) {
      job = next;
    },
    state(tab) {
      if (isComputing) return { kind: 'computing', done: job.done, of: job.of, left: job.left ?? undefined };
      return tab === 'tests' && ended !== undefined ? ended : { kind: 'idle' };
    },
    get hasEnded() {
      return ended !== undefined;
    },
  };
}
