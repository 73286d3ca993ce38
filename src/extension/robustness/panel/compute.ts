import { CancelledError } from '../../../common/errors';
import type { Params } from '../../../protocol/contract';
import type { RobustnessHostContract } from '../../../protocol/robustnessPanel';
import type { RunSummary } from '../../runs/runSummary';
import { isTrusted } from '../../training/trust';
import { requestOf } from '../commands';
import type { RobustnessTests } from '../tests';

/**
 * Computes the results that the page lacks.
 * @returns false if it was cancelled here, in a lens or in the Test Explorer
 */
export async function computeFor(
  run: RunSummary,
  tests: RobustnessTests,
  params: Params<RobustnessHostContract, 'compute'>,
): Promise<boolean> {
  if (!(await isTrusted('Testing robustness'))) return true;
  // Saves unsaved changes, so that the computation uses what the editor shows.
  if ((await requestOf(run)) === undefined) return true;
  try {
    await tests.compute({ run, ...params }).finished;
    return true;
  } catch (error) {
    if (error instanceof CancelledError) return false;
    throw error;
  }
}
