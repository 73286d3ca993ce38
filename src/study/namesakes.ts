/** Studies of one name in a folder: allowed, and mostly not meant. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { disregardsCase, fileIdentity, foldedName, isSameFile } from '../common/fileIdentity';
import { numberedName, STUDY_SUFFIX, studyNameOf } from './fileName';
import { valueOfWhatIsThere } from './jsonText';
import { readTextFile } from './readText';

/** The name that a study file gives, in NFC, or its file's where it gives none or cannot be read. */
export async function nameInFile(file: string): Promise<string> {
  const content = valueOfWhatIsThere(await readTextFile(file, 'the study file').catch(() => ''));
  const name = typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
  return typeof name === 'string' ? name.normalize('NFC') : studyNameOf(file);
}

/** The names of the study files in a folder, by file. @param own one that is left out, by whatever path */
async function namesIn(folder: string, own?: string): Promise<Map<string, string>> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(STUDY_SUFFIX)).sort();
  const identity = own === undefined ? undefined : await fileIdentity(own);
  const named = files.map(async (file): Promise<[string, string][]> => {
    const path = join(folder, file);
    if (path === own || (identity !== undefined && isSameFile(await fileIdentity(path), identity))) return [];
    return [[path, await nameInFile(path)]];
  });
  return new Map((await Promise.all(named)).flat());
}

/** Names as the file system of the file compares them, as they are names of folders, too. */
async function comparedName(file: string): Promise<(name: string) => string> {
  return (await disregardsCase(file)) ? foldedName : (name) => name.normalize('NFC');
}

/** The other study files in a study's folder that have its name. @param file absolute */
export async function namesakesOf(file: string, name: string): Promise<string[]> {
  const compared = await comparedName(file);
  const others = await namesIn(dirname(file), file);
  return [...others].filter(([, other]) => compared(other) === compared(name)).map(([path]) => path);
}

/**
 * `name`, or with the lowest number from 2 at its end that neither a study in the folder has nor its file.
 * @param own the study that is to get it, if it is there already
 */
export async function freeName(folder: string, name: string, own?: string): Promise<string> {
  const others = await namesIn(folder, own);
  const stems = [...others.keys()].map((path) => basename(path, STUDY_SUFFIX));
  const taken = new Set([...others.values(), ...stems].map(foldedName));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : numberedName(name, number);
    if (!taken.has(foldedName(candidate))) return candidate;
  }
}
