/** The hashes of arrays, and whether they are what a run was made with. */
import { createHash } from 'node:crypto';
import { changedData, differences, type ExpectedData } from '../changedData';
import { openNpy, type NpyFile } from '../npy/file';
import { hashRows } from '../npy/hash';
import type { DataFile } from '../types';

export interface UsedFile {
  /** As the settings name it. */
  readonly name: string;
  readonly file: NpyFile;
  /** The first ones. */
  readonly records: number;
}

interface Identity {
  readonly fingerprint: string;
  readonly files: readonly DataFile[];
}

/** The hash of the hashes of all files' used rows, training before test and images before labels. @throws InputError, CancelledError */
export async function identityOf(used: readonly UsedFile[], signal?: AbortSignal): Promise<Identity> {
  const all = createHash('sha256');
  const files: DataFile[] = [];
  for (const { name, file, records } of used) {
    const sha256 = await hashRows(file, 0, records, signal);
    all.update(sha256);
    // A file may be both sets' own: it is kept once, as far as either uses it.
    const same = files.findIndex((each) => each.name === name);
    if (same < 0) files.push({ name, records, sha256 });
    else if ((files[same] as DataFile).records < records) files[same] = { name, records, sha256 };
  }
  return { fingerprint: all.digest('hex'), files };
}

/** Of so many of a file's first rows; undefined where it has fewer. @throws InputError, CancelledError */
export async function hashFile(path: string, records: number, signal?: AbortSignal): Promise<string | undefined> {
  const file = await openNpy(path);
  return file.rows < records ? undefined : hashRows(file, 0, records, signal);
}

/** To be called before a file is read. @throws InputError where it is not what the run was made with */
export type FileCheck = (file: NpyFile) => Promise<void>;

/** @throws InputError where other files are used than the run's, or other counts of their images */
export function fileCheck(
  { fingerprint, files }: ExpectedData = { fingerprint: '' },
  used: readonly UsedFile[],
): FileCheck {
  if (fingerprint === '' || files === undefined) return () => Promise.resolve();
  const found = [...new Map(used.map(({ name, records }) => [name, { name, records }])).values()];
  const [other] = differences(files, found);
  if (other !== undefined) throw changedData(other.name, other.found);
  const expected = new Map(files.map((file) => [file.name, file]));
  const checked = new Map<NpyFile, Promise<void>>();
  const check = async (file: NpyFile): Promise<void> => {
    const { name } = used.find((each) => each.file === file) as UsedFile;
    const { records, sha256 } = expected.get(name) as DataFile;
    if ((await hashRows(file, 0, records)) !== sha256) throw changedData(file.path, 'other bytes');
  };
  return (file) => {
    const known = checked.get(file) ?? check(file);
    checked.set(file, known);
    return known;
  };
}
