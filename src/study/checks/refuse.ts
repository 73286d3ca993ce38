import { parseJsonText } from '../jsonText';
import { problemAt } from '../issues';
import { readTextFile, inputError } from '../readText';
import type { LocatedStudy } from '../schema';
import { checkTraining } from './checkTraining';
import type { RemarkCode } from './check';

/** Their files are opened before a training begins, which says more of what is wrong with them. */
const SAID_BY_READING: ReadonlySet<RemarkCode> = new Set(['dataMissing', 'dataUnreadable', 'weightsMissing']);

/** Refuses what an editor marks as an error. @throws InputError that names the places in the study file */
export async function refuseUntrainable({ study, path, folder, modelPath }: LocatedStudy): Promise<void> {
  const remarks = await checkTraining(study, folder);
  const errors = remarks.filter(({ severity, code }) => severity === 'error' && !SAID_BY_READING.has(code));
  if (errors.length === 0) return;
  const json = parseJsonText(await readTextFile(path, 'the study file'));
  // The file was changed since it was read.
  if ('beyond' in json) return;
  const places = errors.map(({ path: [section, ...fields], ...details }) =>
    problemAt(json, section === 'model' ? [...modelPath, ...fields] : [section ?? '', ...fields], details),
  );
  throw inputError(
    path,
    places.sort((a, b) => a.offset - b.offset),
  );
}
