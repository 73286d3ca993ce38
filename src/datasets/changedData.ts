/** Files of a data set held against those that a run was made with. */
import { InputError } from '../common/errors';
import type { DataFile } from './types';

/** What a run's data set was; see run.json. */
export interface ExpectedData {
  /** SHA-256, hexadecimal, of all records used, training before test; '' where it is not known. */
  readonly fingerprint: string;
  /** Absent in runs of older versions. */
  readonly files?: readonly DataFile[];
}

export interface Difference {
  readonly name: string;
  readonly found: string;
}

/** Where two lists of files part: a file that is gone, one that is new, or one of another length or content. */
export function differences(
  expected: readonly DataFile[],
  found: readonly (Omit<DataFile, 'sha256'> & Partial<DataFile>)[],
): Difference[] {
  const byName = new Map(found.map((file) => [file.name, file]));
  const old = expected.flatMap(({ name, records, sha256 }): Difference[] => {
    const file = byName.get(name);
    if (file === undefined) return [{ name, found: 'no such file' }];
    if (file.records !== records) return [{ name, found: `${file.records} images in place of ${records}` }];
    return file.sha256 === undefined || file.sha256 === sha256 ? [] : [{ name, found: 'other bytes' }];
  });
  const known = new Set(expected.map(({ name }) => name));
  const added = found.filter(({ name }) => !known.has(name));
  return [...old, ...added.map(({ name }) => ({ name, found: 'a file that was not there' }))];
}

export function changedData(file: string, found: string): InputError {
  return new InputError('the data is not what the run was made with', {
    file,
    found,
    expected: 'what it was when the run was made',
    advice: 'Restore it, or train a new run on the data as it is.',
  });
}
