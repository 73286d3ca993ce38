/** The tests of what a study measures beside its perturbations: each measured as its command does, and judged. */
import { missedLimits, type StudyLimits } from '../../measures/expectations/check';
import { expectedStudy, STUDY_KEYS } from '../../measures/expectations/studies';
import { currentStudy, openRun } from '../../runs';
import { openRunData } from '../../datasets/runData';
import type { Computation, Work } from '../computation';
import { MEASUREMENTS } from './measurements';
import type { studyTestsRequest } from './schema';

export const studyTests: Computation<typeof studyTestsRequest> = async (params, work) => {
  const begin = performance.now();
  const run = await openRun(params.run);
  const study = await currentStudy(run);
  const testImages = (await openRunData(run)).test.count;
  const counts = { kept: 0, computed: 0 };
  for (const key of STUDY_KEYS.filter((each) => params.studies?.includes(each) ?? true)) {
    const [limits, measure] = [study[key], MEASUREMENTS[key]];
    if (limits === undefined) continue;
    await orNotKept(params.compute, work, (asked) =>
      measure(
        { run, study, epochs: params.epochs, testImages, compute: params.compute },
        {
          ...asked,
          count: (done, of) => work.progress({ kind: 'count', done, of }),
          take(epoch, state, scores) {
            counts[state]++;
            const misses = missedLimits(expectedStudy(key), limits as StudyLimits, scores).map(
              ({ text, actual, expected }) => ({ text, actual, expected }),
            );
            work.progress({ kind: 'result', study: key, epoch, state, scores, misses });
          },
        },
      ),
    );
  }
  return { ...counts, milliseconds: performance.now() - begin };
};

class NotKept extends Error {}

/** Where nothing may be computed the engine is not started: what would need it is not there. */
async function orNotKept<Progress>(
  compute: boolean,
  work: Work<Progress>,
  measure: (work: Work<Progress>) => Promise<unknown>,
): Promise<void> {
  const start = compute ? work.start : () => Promise.reject(new NotKept());
  try {
    await measure({ ...work, start });
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
  }
}
