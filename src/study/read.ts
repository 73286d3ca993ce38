import { dirname, resolve } from 'node:path';
import type { NetworkName } from '../architectures';
import { InputError } from '../common/errors';
import { parseStudyFile } from './parse';
import { inputError, readTextFile } from './readText';
import type { LocatedStudy, Study } from './schema';
import type { Cell, Sweep } from './sweep/cell';

/**
 * Reads a study file; of one that names several models, the study of the first. Throws `InputError` that names the file,
 * the places, what was found and what was expected.
 */
export async function readStudy(path: string): Promise<LocatedStudy> {
  return (await readStudies(path))[0];
}

/** What a study file says. */
export interface StudiesInFile {
  /** One for each model that it names, in its order. */
  readonly studies: readonly [LocatedStudy, ...LocatedStudy[]];
  /** Absent where it has none. */
  readonly sweep?: Sweep;
}

/** The studies of a file: one for each model that it names, in its order. Throws as `readStudy` does. */
export async function readStudies(path: string): Promise<[LocatedStudy, ...LocatedStudy[]]> {
  const [first, ...others] = (await readStudyFile(path)).studies;
  return [first, ...others];
}

/** The same, with its sweep. Throws as `readStudy` does. */
export async function readStudyFile(path: string): Promise<StudiesInFile> {
  const parsed = await parseStudyFile(await readTextFile(path, 'the study file'), path);
  if (!parsed.ok) throw inputError(path, parsed.problems);
  const absolute = resolve(path);
  const [first, ...others] = parsed.studies;
  const { sweep, logging } = parsed;
  const located = (study: Study, index: number): LocatedStudy => {
    const modelPath = parsed.modelPaths[index] ?? ['model'];
    return { study, path: absolute, folder: dirname(absolute), modelPath, ...(logging && { logging }) };
  };
  return {
    studies: [located(first, 0), ...others.map((study, index) => located(study, index + 1))],
    ...(sweep && { sweep }),
  };
}

/** The studies of its models, and then those of the cells of its sweep: whatever a run of the file may be of. */
export async function readAllStudies(path: string): Promise<[LocatedStudy, ...LocatedStudy[]]> {
  const inFile = await readStudyFile(path);
  const [first, ...others] = inFile.studies;
  return [first, ...others, ...(inFile.sweep?.cells ?? []).map((cell) => locatedCell(inFile, cell))];
}

/** A cell's study, as if its file had no sweep. @param inFile what `readStudyFile` gave */
export function locatedCell({ studies }: StudiesInFile, { study }: Cell): LocatedStudy {
  const ofModel = studies.find((each) => each.study.model.architecture === study.model.architecture) ?? studies[0];
  return { ...ofModel, study };
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
