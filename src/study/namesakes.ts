/** Studies of one name in a folder: allowed, and mostly not meant. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';
import { disregardsCase, fileIdentity, foldedName, isSameFile } from '../common/fileIdentity';
import { numberedName, STUDY_SUFFIX, studyNameOf } from './fileName';

/** Larger ones are no study files: see `readTextFile`. */
const LARGEST_BYTES = 4 * 1024 * 1024;

/** The name that a study file gives, in NFC, or its file's where it gives none or cannot be read. */
export async function nameInFile(file: string): Promise<string> {
  const size = await stat(file).then(
    (stats) => (stats.isFile() ? stats.size : Infinity),
    () => Infinity,
  );
  const text = size > LARGEST_BYTES ? '' : await readFile(file, 'utf8').catch(() => '');
  const content: unknown = parse(text, [], { allowTrailingComma: true });
  const name = typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;
  return typeof name === 'string' ? name.normalize('NFC') : studyNameOf(file);
}

/** The names of the other study files in a folder, by file. */
async function otherNames(file: string): Promise<Map<string, string>> {
  const folder = dirname(file);
  const files = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith(STUDY_SUFFIX) && name !== basename(file))
    .sort()
    .map((name) => join(folder, name));
  const own = await fileIdentity(file);
  const others = await Promise.all(
    files.map(async (other): Promise<[string, string][]> => {
      const isOwn = isSameFile(await fileIdentity(other), own);
      return isOwn ? [] : [[other, await nameInFile(other)]];
    }),
  );
  return new Map(others.flat());
}

/** Names as the file system of the file compares them, as they are names of folders, too. */
async function comparedName(file: string): Promise<(name: string) => string> {
  return (await disregardsCase(file)) ? foldedName : (name) => name.normalize('NFC');
}

/** The other study files in a study's folder that have its name. @param file absolute */
export async function namesakesOf(file: string, name: string): Promise<string[]> {
  const compared = await comparedName(file);
  const others = await otherNames(file);
  return [...others].filter(([, other]) => compared(other) === compared(name)).map(([path]) => path);
}

/** `name`, or with the lowest number from 2 at its end that no other study in the folder has. @param file absolute */
export async function freeName(file: string, name: string): Promise<string> {
  const taken = new Set([...(await otherNames(file)).values()].map(foldedName));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : numberedName(name, number);
    if (!taken.has(foldedName(candidate))) return candidate;
  }
}
