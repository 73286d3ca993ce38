/** Computing tests from the panel, and how far that is, whoever has asked for it. */
import type { Params, Result } from '../../src/protocol/contract';
import type { RobustnessHostContract, RobustnessTab, ShownJob } from '../../src/protocol/robustnessPanel';
import type { ComputationState } from '../common/computationState';
import { openRows, type Model } from './model';

export interface TestsComputation {
  /** What is missing or outdated of what is shown. */
  start(model: Model): void;
  /** What is being computed. */
  take(job: ShownJob | null): void;
  /** What a tab says of it. */
  state(tab: RobustnessTab): ComputationState;
  /** Whether it has failed or was stopped, and nothing has begun since. */
  readonly hasEnded: boolean;
}

type Compute = (
  params: Params<RobustnessHostContract, 'compute'>,
) => Promise<Result<RobustnessHostContract, 'compute'>>;

export function createTestsComputation(compute: Compute, onChange: () => void): TestsComputation {
  let job: ShownJob | null = null;
  /** How far the last one is, or was. */
  let counted = { done: 0, of: 0 };
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
        ({ done }) => end(done ? undefined : { kind: 'cancelled', ...counted }),
        (error: unknown) => end({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
      );
    },
    take(next) {
      job = next;
      if (job !== null) [ended, counted] = [undefined, { done: job.done, of: job.of }];
    },
    state(tab) {
      if (job !== null) return { kind: 'computing', done: job.done, of: job.of, left: job.left ?? undefined };
      return tab === 'tests' && ended !== undefined ? ended : { kind: 'idle' };
    },
    get hasEnded() {
      return ended !== undefined;
    },
  };
}
