/** The published benchmarks that a run's study names, as the study file says now. */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { messageOf } from '../../../common/errors';
import type { NamedBenchmarks } from '../../../protocol/robustnessPanel';
import { studyNow } from '../../runPanel/studyNow';
import type { RunSummary } from '../../runs/runSummary';

export async function namedBenchmarks({ folder, studyFile }: RunSummary): Promise<NamedBenchmarks> {
  const { openRun, resolveRuns } = await import('../../../runs');
  const run = await openRun(folder);
  const { study } = await studyNow(studyFile, run.study);
  const benchmarks: NamedBenchmarks['benchmarks'] = [];
  try {
    for (const { folder: named, limit, against } of study.benchmarks ?? []) {
      const place = resolve(run.studyFolder, named);
      const other =
        against === undefined ? undefined : (await resolveRuns(resolve(run.studyFolder, against)))[0].folder;
      benchmarks.push({
        title: basename(place),
        folder: place,
        ...(limit === undefined ? {} : { limit }),
        ...(other === undefined ? {} : { against: other }),
        isThere: existsSync(place),
      });
    }
    return { benchmarks, problem: null };
  } catch (error) {
    return { benchmarks, problem: messageOf(error) };
  }
}
