/** Batch files held against what a run was made with: file by file where run.json knows them, else all at once. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { InputError } from '../../common/errors';
import { fileStamp } from '../../common/fileStamp';
import type { DataFile } from '../../runs';
import { createCache } from '../../common/cache';
import type { BatchFile } from './folder';
import { RECORD_BYTES } from './records';

/** What a run's data set was; see run.json. */
export interface ExpectedData {
  /** SHA-256, hexadecimal, of all records used, training before test; '' where it is not known. */
  readonly fingerprint: string;
  /** Absent in runs of older versions. */
  readonly files?: readonly DataFile[];
}

/** To be called before a file is read. @throws InputError where it is not what the run was made with */
export type FileCheck = (file: BatchFile) => Promise<void>;

/** By the stamps of the files: none is hashed twice while it stays as it is. */
const HASHES = createCache<string>({ most: 1000, idleMilliseconds: 3_600_000 });

/**
 * @param used the records that are used of each file, training before test
 * @throws InputError where the files are others than the run's
 */
export function fileCheck({ fingerprint, files }: ExpectedData, used: readonly BatchFile[]): FileCheck {
  if (fingerprint === '') return () => Promise.resolve();
  if (files === undefined) return oncePerFile(() => assertFingerprint(used, fingerprint));
  const [other] = differences(files, used.map(named));
  if (other !== undefined) throw otherFile(used, other);
  const expected = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  return oncePerFile(async (file) => {
    const name = basename(file.path);
    if ((await hashOf([file])) !== expected.get(name)) throw otherFile(used, { name, found: 'other bytes' });
  });
}

/** A reader lasts as long as a request, and may read a file in many pieces. */
function oncePerFile(check: FileCheck): FileCheck {
  const checked = new Map<string, Promise<void>>();
  return (file) => {
    const known = checked.get(file.path) ?? check(file);
    checked.set(file.path, known);
    return known;
  };
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

function named({ path, records }: BatchFile) {
  return { name: basename(path), records };
}

function otherFile(used: readonly BatchFile[], { name, found }: Difference): InputError {
  const path = used.find((file) => basename(file.path) === name)?.path ?? name;
  return changedData(path, found);
}

export function changedData(file: string, found: string): InputError {
  return new InputError('the data is not what the run was made with', {
    file,
    found,
    expected: 'what it was when the run was made',
    advice: 'Restore it, or train a new run on the data as it is.',
  });
}

async function assertFingerprint(used: readonly BatchFile[], fingerprint: string): Promise<void> {
  if ((await hashOf(used)) === fingerprint) return;
  throw changedData(used[0]?.path ?? '', 'other images or labels, in this file or one beside it');
}

async function hashOf(files: readonly BatchFile[]): Promise<string> {
  const stamps = await Promise.all(files.map(async (file) => `${await fileStamp(file.path)}:${file.records}`));
  return HASHES.use(
    stamps.join('\n'),
    () => computeHash(files),
    (hash) => hash,
  );
}

async function computeHash(files: readonly BatchFile[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) await addRecords(hash, file);
  return hash.digest('hex');
}

async function addRecords(hash: Hash, { path, records }: BatchFile): Promise<void> {
  const end = records * RECORD_BYTES - 1;
  for await (const chunk of createReadStream(path, { end, highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
}
