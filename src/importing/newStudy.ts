/** A study file for checkpoints that belong to no study yet. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../common/errors';
import { parseStudy, STUDY_SUFFIX, type LocatedStudy } from '../study';
import type { Inspection } from './inspect';
import { importedStudyText, type NewStudy } from './studyText';

/** The study as it would be read from its file, and the file's text. @throws InputError where there is a file of its name */
export function newStudy(
  inspection: Inspection,
  from: string,
  wanted: NewStudy,
): { located: LocatedStudy; text: string } {
  const folder = resolve(wanted.folder);
  const path = join(folder, `${wanted.name}${STUDY_SUFFIX}`);
  if (existsSync(path)) throw studyIsThere(path);
  const text = importedStudyText(inspection, from, wanted);
  const parsed = parseStudy(text, path);
  if (!parsed.ok) throw new Error(`not a study: ${JSON.stringify(parsed.problems)}`);
  return { located: { study: parsed.study, path, folder, modelPath: ['model'] }, text };
}

export function studyIsThere(file: string): InputError {
  const advice = 'Import into it by --study, or give another name by --name.';
  return new InputError('there is a study of this name already', { file, advice });
}
