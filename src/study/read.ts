import { dirname, resolve } from 'node:path';
import type { NetworkName } from '../architectures';
import { InputError } from '../common/errors';
import { parseStudyFile } from './parse';
import { inputError, readTextFile } from './readText';
import type { LocatedStudy, Study } from './schema';

/**
 * Reads a study file; of one that names several models, the study of the first. Throws `InputError` that names the file,
 * the places, what was found and what was expected.
 */
export async function readStudy(path: string): Promise<LocatedStudy> {
  return (await readStudies(path))[0];
}

/** The studies of a file: one for each model that it names, in its order. Throws as `readStudy` does. */
export async function readStudies(path: string): Promise<[LocatedStudy, ...LocatedStudy[]]> {
  const parsed = await parseStudyFile(await readTextFile(path, 'the study file'), path);
  if (!parsed.ok) throw inputError(path, parsed.problems);
  const absolute = resolve(path);
  const [first, ...others] = parsed.studies;
  const located = (study: Study, index: number): LocatedStudy => {
    return { study, path: absolute, folder: dirname(absolute), modelPath: parsed.modelPaths[index] ?? ['model'] };
  };
  return [located(first, 0), ...others.map((study, index) => located(study, index + 1))];
}

/**
 * The study of one of the file's models: of the first of these that it names.
 * @throws InputError where it names none of them, and as `readStudy` does
 */
export async function readStudyOf(
  path: string,
  architecture: NetworkName,
  ...others: readonly NetworkName[]
): Promise<LocatedStudy> {
  const studies = await readStudies(path);
  for (const each of [architecture, ...others]) {
    const found = studies.find(({ study }) => study.model.architecture === each);
    if (found !== undefined) return found;
  }
  const names = studies.map(({ study }) => study.model.architecture);
  throw new InputError('the study does not name this architecture', {
    file: path,
    place: 'model',
    found: names.join(', '),
    expected: architecture,
  });
}
