import { stat } from 'node:fs/promises';
import { readAllStudies, studyInForce, type Study } from '../study/index';
import type { Run } from './open';
import { succeeds } from '../common/succeeds';

/**
 * The study that counts for a run now, by the rule of `studyInForce`.
 * @throws InputError where the study file is there and cannot be read
 */
export async function currentStudy({ study, studyFile }: Pick<Run, 'study' | 'studyFile'>): Promise<Study> {
  if (!(await succeeds(stat(studyFile)))) return study;
  const now = await readAllStudies(studyFile);
  return studyInForce(
    study,
    now.map((located) => located.study),
  );
}
