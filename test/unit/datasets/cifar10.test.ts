import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, InputError, WorkError } from '../../../src/common/errors';
import { classNamesOf, inMemory, loadDataset, type DataProgress } from '../../../src/datasets/index';
import { sharedFolder } from '../../shared';
import { RECORD_BYTES, makeRecords, temporaryFolder, writeFiles } from './cifarFiles';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  delete process.env['EPOCHLENS_DATA'];
  await rm(folder, { recursive: true, force: true });
});

const load = (settings: { trainLimit?: number; testLimit?: number } = {}) =>
  loadDataset({ kind: 'cifar10', folder: '.', ...settings }, { studyFolder: folder });

describe('reading CIFAR-10', () => {
  it('takes training files by number, planes to interleaved pixels', async () => {
    await writeFiles(folder, {
      'data_batch_10.bin': makeRecords(1, 50),
      'data_batch_2.bin': makeRecords(3, 20),
      'test_batch.bin': makeRecords(2, 90),
      'readme.html': 'x',
    });
    const { train, test, classNames, description } = await load();
    expect([...train.labels]).toEqual([0, 1, 2, 0]);
    expect([train.count, train.height, train.width]).toEqual([4, 32, 32]);
    expect([...inMemory(train).pixels.subarray(3 * 3072, 3 * 3072 + 6)]).toEqual([50, 51, 52, 50, 51, 52]);
    expect([...inMemory(test).pixels.subarray(3072, 3075)]).toEqual([91, 92, 93]);
    expect(classNames).toEqual(classNamesOf({ kind: 'cifar10', folder }));
    expect(description).toBe(`4 training and 2 test images from ${folder}`);
  });

  it('keeps rows and columns apart', async () => {
    const record = makeRecords(1);
    record[1 + 32 * 5 + 7] = 200;
    await writeFiles(folder, { 'data_batch_1.bin': record, 'test_batch.bin': makeRecords(1) });
    const { train } = await load();
    expect(inMemory(train).pixels[(5 * 32 + 7) * 3]).toBe(200);
  });

  it('stops at the limits, across files, and takes what there is under larger ones', async () => {
    await writeFiles(folder, {
      'data_batch_1.bin': makeRecords(3),
      'data_batch_2.bin': makeRecords(3, 3),
      'test_batch.bin': makeRecords(4),
    });
    const limited = await load({ trainLimit: 4, testLimit: 1 });
    expect([...limited.train.labels]).toEqual([0, 1, 2, 3]);
    expect([...limited.test.labels]).toEqual([0]);
    const whole = await load({ trainLimit: 1000, testLimit: 1000 });
    expect([whole.train.count, whole.test.count]).toEqual([6, 4]);
  });

  it('fingerprints the records it used', async () => {
    const [trainBytes, testBytes] = [makeRecords(3), makeRecords(2, 7)];
    await writeFiles(folder, { 'data_batch_1.bin': trainBytes, 'test_batch.bin': testBytes });
    const used = [trainBytes.subarray(0, 2 * RECORD_BYTES), testBytes];
    const hash = createHash('sha256').update(used[0]!).update(used[1]!).digest('hex');
    expect((await load({ trainLimit: 2 })).fingerprint).toBe(hash);
  });

  it('prefers EPOCHLENS_DATA to the study', async () => {
    await writeFiles(folder, { 'data_batch_1.bin': makeRecords(1), 'test_batch.bin': makeRecords(1) });
    process.env['EPOCHLENS_DATA'] = folder;
    const { train } = await loadDataset({ kind: 'cifar10', folder: 'elsewhere' }, { studyFolder: '/nowhere' });
    expect(train.count).toBe(1);
  });

  it('reports progress up to the whole', async () => {
    await writeFiles(folder, { 'data_batch_1.bin': makeRecords(3), 'test_batch.bin': makeRecords(2) });
    const seen: DataProgress[] = [];
    await loadDataset({ kind: 'cifar10', folder }, { studyFolder: '/', progress: (step) => seen.push(step) });
    expect(seen.at(-1)).toEqual({ stage: 'read', done: 5, total: 5, unit: 'images' });
  });

  it('stops when cancelled', async () => {
    await writeFiles(folder, { 'data_batch_1.bin': makeRecords(3), 'test_batch.bin': makeRecords(2) });
    const cancelled = loadDataset({ kind: 'cifar10', folder }, { studyFolder: '/', signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('a CIFAR-10 folder that is wrong', () => {
  const test1 = makeRecords(1);
  const cut = makeRecords(2).subarray(0, RECORD_BYTES + 100);
  const badLabel = makeRecords(3);
  badLabel[2 * RECORD_BYTES] = 10;

  it.each<[string, Record<string, Uint8Array | string>, RegExp]>([
    ['empty', {}, /no CIFAR-10 batch files: found an empty folder, expected data_batch_1\.bin/],
    ['of other files', { 'a.txt': 'x' }, /1 other file\(s\), such as a\.txt/],
    ['of Python files that are none', { data_batch_1: 'x', test_batch: 'x' }, /data_batch_1, byte 1: not a pickle/],
    ['without test images', { 'data_batch_1.bin': test1 }, /no test images.*expected test_batch\.bin/],
    ['without training images', { 'test_batch.bin': test1 }, /no training images.*expected data_batch_\*\.bin/],
    ['with an empty file', { 'data_batch_1.bin': '', 'test_batch.bin': test1 }, /data_batch_1\.bin.*found 0 bytes/],
    [
      'with a truncated file',
      { 'data_batch_1.bin': cut, 'test_batch.bin': test1 },
      /data_batch_1\.bin.*found 3173 bytes \(1 records and 100 bytes more\), expected a multiple of 3073/,
    ],
    [
      'with a label above 9',
      { 'data_batch_1.bin': badLabel, 'test_batch.bin': test1 },
      /data_batch_1\.bin, record 2 \(byte 6146, .*found label 10, expected a label of 0 to 9/,
    ],
  ])('%s', async (_, files, message) => {
    await writeFiles(folder, files);
    const error: unknown = await load().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toContain(folder);
  });

  it('absent, and no download allowed', async () => {
    const error = await loadDataset({ kind: 'cifar10', folder: 'no' }, { studyFolder: folder }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/does not exist.*EPOCHLENS_DATA/);
    expect(error).not.toBeInstanceOf(WorkError);
  });

  it('a file', async () => {
    await writeFiles(folder, { file: 'x' });
    await expect(loadDataset({ kind: 'cifar10', folder: 'file' }, { studyFolder: folder })).rejects.toThrow(
      /is a file/,
    );
  });
});

const shared = sharedFolder();

describe.skipIf(shared === undefined)('the real images', () => {
  it('are all read, in order', async () => {
    const real = join(shared as string, 'data', 'cifar10');
    const { train, test } = await loadDataset({ kind: 'cifar10', folder: real }, { studyFolder: '/' });
    expect([train.count, test.count]).toEqual([8068, 1017]);
    const bytes = await readFile(join(real, 'test_batch.bin'));
    expect(test.labels[1016]).toBe(bytes[1016 * RECORD_BYTES]);
    expect(inMemory(test).pixels[1016 * 3072 + 3071]).toBe(bytes[1017 * RECORD_BYTES - 1]);
  });
});
