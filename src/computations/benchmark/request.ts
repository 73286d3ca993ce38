/** What a study asks for of published benchmarks. */
import { resolve } from 'node:path';
import { resolveRuns, type Run } from '../../runs';
import type { Study } from '../../study';

export interface AskedBenchmark {
  /** Absolute. */
  readonly folder: string;
  readonly limit?: number;
  /** A run folder. */
  readonly against?: string;
}

/** Of a study, in its order. @param study the one that counts for the run @throws InputError where a run to compare with is not there */
export async function askedBenchmarks({ studyFolder }: Run, { benchmarks = [] }: Study): Promise<AskedBenchmark[]> {
  const asked: AskedBenchmark[] = [];
  for (const { folder, limit, against } of benchmarks)
    asked.push({
      folder: resolve(studyFolder, folder),
      ...(limit === undefined ? {} : { limit }),
      ...(against === undefined ? {} : { against: (await resolveRuns(resolve(studyFolder, against)))[0].folder }),
    });
  return asked;
}
