import { readStudies, studyInForce, type Study } from '../study/index';
import type { Run } from './open';
import { exists } from './studyFile';

/**
 * The study that counts for a run now, by the rule of `studyInForce`.
 * @throws InputError where the study file is there and cannot be read
 */
export async function currentStudy({ study, studyFile }: Pick<Run, 'study' | 'studyFile'>): Promise<Study> {
  if (!(await exists(studyFile))) return study;
  const now = await readStudies(studyFile);
  return studyInForce(
    study,
    now.map((located) => located.study),
  );
}
