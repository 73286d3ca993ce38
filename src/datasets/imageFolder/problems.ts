/** What is wrong with a folder of pictures, and what to do about it. */
import { InputError, messageOf } from '../../common/errors';
import { errorCode, systemReason } from '../../common/reasons';

export const WANTED =
  'a folder of pictures for each class, or train/, val/ and test/ of such, or "csv" to name a table of paths and labels';

export function unreadableFolder(folder: string, error: unknown): InputError {
  const advice = 'Name the folder in dataset.folder, or set EPOCHLENS_DATA to it.';
  const code = errorCode(error);
  if (code === 'ENOENT')
    return new InputError('the folder of pictures does not exist', { file: folder, expected: WANTED, advice });
  if (code === 'ENOTDIR')
    return new InputError('the folder of pictures is a file', {
      file: folder,
      found: 'a file',
      expected: WANTED,
      advice,
    });
  const found = systemReason(error) ?? messageOf(error);
  return new InputError('the folder of pictures cannot be read', { file: folder, found }, { cause: error });
}

export interface Emptiness {
  /** Pictures in the folder itself. */
  readonly loose: number;
  readonly unread: number;
  readonly outside: number;
}

export function noClasses(folder: string, { loose, unread, outside }: Emptiness): InputError {
  const found =
    loose > 0
      ? `${loose} pictures in the folder itself, which have no class there`
      : unread > 0
        ? `${unread} pictures of formats that are not read`
        : outside > 0
          ? `${outside} links that lead out of the folder, which are not followed`
          : 'no pictures';
  return new InputError('a folder of pictures without classes', {
    file: folder,
    found,
    expected: WANTED,
    advice:
      loose > 0
        ? 'Move the pictures of each class into a folder named after the class, or list them in a CSV file and name it in dataset.csv.'
        : 'Pictures are PNG, JPEG, GIF, BMP or WebP files.',
  });
}

export function oneClass(folder: string, name: string): InputError {
  return new InputError('pictures of one class only', {
    file: folder,
    found: `one class, ${JSON.stringify(name)}`,
    expected: 'two classes at least',
    advice:
      'There is nothing to tell apart: add a folder for another class, or name the folder above in dataset.folder.',
  });
}

export function emptyClasses(folder: string, names: readonly string[]): InputError {
  return new InputError(names.length === 1 ? 'a class without pictures' : 'classes without pictures', {
    file: folder,
    found: firstOf(names),
    expected: 'a picture of each class at least',
    advice: 'Remove the empty folders, or list the others in dataset.classNames.',
  });
}

export function tooFew(folder: string, count: number): InputError {
  return new InputError('too few pictures', {
    file: folder,
    found: count === 1 ? 'one picture' : `${count} pictures`,
    expected: 'two pictures at least',
  });
}

/** A picture that cannot be used. */
export interface BrokenPicture {
  /** Relative to the folder. */
  readonly path: string;
  readonly reason: string;
}

export function brokenPictures(folder: string, broken: readonly BrokenPicture[]): InputError {
  const named = broken.map(({ path, reason }) => `${path} (${reason})`);
  return new InputError(broken.length === 1 ? 'a picture cannot be used' : `${broken.length} pictures cannot be used`, {
    file: folder,
    found: firstOf(named),
    expected: 'whole PNG, JPEG, GIF, BMP or WebP pictures',
    advice: 'Restore or remove them, or leave them out by "broken": "skip" in dataset.',
  });
}

const NAMED = 5;

/** "a, b, c, d, e and 3 more" */
export function firstOf(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
