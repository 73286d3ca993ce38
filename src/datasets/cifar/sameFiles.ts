/** The hashes of batch files, and whether they are what a run was made with. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { createCache } from '../../common/cache';
import { CancelledError, type InputError } from '../../common/errors';
import { fileStamp } from '../../common/fileStamp';
import { changedData, differences, type Difference, type ExpectedData } from '../changedData';
import type { DataFile } from '../types';
import { wholeRecords, type BatchFile } from './batchFiles';
import { readRecords } from './readRecords';
import type { RecordFormat } from './records';

/** Of so many of a file's first records; undefined where it has fewer. @throws InputError, CancelledError */
export async function hashFile(file: BatchFile, of: RecordFormat, signal?: AbortSignal): Promise<string | undefined> {
  const available = await wholeRecords(file.path, of);
  return available < file.records ? undefined : (await identityOf([file], of, signal)).fingerprint;
}

/** To be called before a file is read. @throws InputError where it is not what the run was made with */
export type FileCheck = (file: BatchFile) => Promise<void>;

export interface Identity {
  /** SHA-256, hexadecimal, of all records used, training before test, in file order. */
  readonly fingerprint: string;
  readonly files: readonly DataFile[];
}

/** By the stamps of the files: none is hashed twice while it stays as it is. */
const IDENTITIES = createCache<Identity>({ most: 1000, idleMilliseconds: 3_600_000 });

/** So many at once: 3 MB. */
const PART = 1000;

/** @param files the records that are used of each file, training before test @throws InputError, CancelledError */
export async function identityOf(
  files: readonly BatchFile[],
  of: RecordFormat,
  signal?: AbortSignal,
): Promise<Identity> {
  const stamps = await Promise.all(files.map(async (file) => `${await fileStamp(file.path)}:${file.records}`));
  const key = [of.format.title, of.label, ...stamps].join('\n');
  return IDENTITIES.use(
    key,
    () => computeIdentity(files, of, signal),
    (identity) => identity,
  );
}

async function computeIdentity(
  files: readonly BatchFile[],
  of: RecordFormat,
  signal: AbortSignal | undefined,
): Promise<Identity> {
  const all = createHash('sha256');
  const found: DataFile[] = [];
  for (const { path, records } of files) {
    const hash = createHash('sha256');
    for (let first = 0; first < records; first += PART) {
      if (signal?.aborted === true) throw new CancelledError();
      const part = await readRecords(path, of, first, Math.min(PART, records - first));
      hash.update(part);
      all.update(part);
    }
    found.push({ name: basename(path), records, sha256: hash.digest('hex') });
  }
  return { fingerprint: all.digest('hex'), files: found };
}

/**
 * @param used the records that are used of each file, training before test
 * @throws InputError where the files are others than the run's
 */
export function fileCheck(
  { fingerprint, files }: ExpectedData,
  used: readonly BatchFile[],
  of: RecordFormat,
): FileCheck {
  if (fingerprint === '') return () => Promise.resolve();
  if (files === undefined) {
    return oncePerFile(async () => {
      if ((await identityOf(used, of)).fingerprint === fingerprint) return;
      throw changedData(used[0]?.path ?? '', 'other images or labels, in this file or one beside it');
    });
  }
  const found = used.map(({ path, records }) => ({ name: basename(path), records }));
  const [other] = differences(files, found);
  if (other !== undefined) throw otherFile(used, other);
  const expected = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  return oncePerFile(async (file) => {
    const name = basename(file.path);
    const identity = await identityOf([file], of);
    if (identity.fingerprint !== expected.get(name)) throw otherFile(used, { name, found: 'other bytes' });
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

function otherFile(used: readonly BatchFile[], { name, found }: Difference): InputError {
  const path = used.find((file) => basename(file.path) === name)?.path ?? name;
  return changedData(path, found);
}
