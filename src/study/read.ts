import { dirname, resolve } from 'node:path';
import { parseStudy } from './parse';
import { inputError, readTextFile } from './readText';
import type { LocatedStudy } from './schema';

/** Reads a study file. Throws `InputError` that names the file, the places, what was found and what was expected. */
export async function readStudy(path: string): Promise<LocatedStudy> {
  const parsed = parseStudy(await readTextFile(path, 'the study file'), path);
  if (!parsed.ok) throw inputError(path, parsed.problems);
  const absolute = resolve(path);
  return { study: parsed.study, path: absolute, folder: dirname(absolute) };
}
