import { basename, dirname, join } from 'node:path';
import { STUDY_SUFFIX } from '../study/fileName';
import type { Run } from './open';

/**
 * Where the report of a study of several models is written unless another place is named: beside its runs, which may lie
 * there with those of another study of that name.
 * @param run of one of its models
 */
export function studyReportPath({ folder, studyFile }: Pick<Run, 'folder' | 'studyFile'>): string {
  const parent = dirname(folder);
  const stem = basename(studyFile, STUDY_SUFFIX);
  return join(parent, stem === basename(parent) ? 'report.html' : `report-${stem}.html`);
}
