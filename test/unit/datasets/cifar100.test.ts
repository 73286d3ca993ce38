import { createHash } from 'node:crypto';
import { copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import {
  checkDataFiles,
  inMemory,
  loadDataset,
  loadTestImages,
  openBatchFile,
  openData,
  settingsFor,
} from '../../../src/datasets';
import { describeDataset, loadRunData, openRunData } from '../../../src/datasets/runData';
import { parseStudy } from '../../../src/study';
import { makeRecords, temporaryFolder, writeFiles } from './cifarFiles';

/** By name; see `pickles.py` beside it. */
const pickles = JSON.parse(
  readFileSync(new URL('../../fixtures/cifar/pickles.json', import.meta.url), 'utf8'),
) as Record<string, string>;

const RECORD = 3074;
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Three images as the pickles have them. */
const IMAGES = [0, 1, 2].map((n) => Uint8Array.from({ length: 3072 }, (_, i) => (7 * i + 31 * n) % 256));
const FINE = [0, 99, 42];
const COARSE = [4, 19, 7];

function binary(count = 3): Uint8Array {
  const bytes = new Uint8Array(count * RECORD);
  for (let n = 0; n < count; n++) {
    bytes.set([COARSE[n % 3] ?? 0, FINE[n % 3] ?? 0], n * RECORD);
    bytes.set(IMAGES[n % 3] ?? [], n * RECORD + 2);
  }
  return bytes;
}

function pickle(name: string): Uint8Array {
  return inflateSync(Buffer.from(pickles[name] ?? '', 'base64'));
}

/** Pixel (y, x), channel c, of image n of a set. */
const at = (pixels: Uint8Array, n: number, y: number, x: number, c: number): number | undefined =>
  pixels[((n * 32 + y) * 32 + x) * 3 + c];

function expectImages(pixels: Uint8Array, count = 3): void {
  for (let n = 0; n < count; n++)
    for (const [y, x, c] of [
      [0, 0, 0],
      [0, 1, 0],
      [5, 7, 1],
      [31, 31, 2],
      [1, 0, 2],
    ] as const)
      expect(at(pixels, n, y, x, c)).toBe(IMAGES[n]?.[c * 1024 + y * 32 + x]);
}

const settings = (labels: 'fine' | 'coarse' = 'fine') => ({ kind: 'cifar100', folder, labels }) as const;
const load = (labels: 'fine' | 'coarse' = 'fine') => loadDataset(settings(labels), { studyFolder: '/' });

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(() => new Error('it worked')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message;
}

describe('the binary version', () => {
  it('has a coarse, then a fine label, of which the study says which is meant', async () => {
    await writeFiles(folder, { 'train.bin': binary(7), 'test.bin': binary() });
    const fine = await load();
    expect([...fine.train.labels]).toEqual([0, 99, 42, 0, 99, 42, 0]);
    expect([fine.classNames.length, fine.classNames[1], fine.classNames[99]]).toEqual([100, 'aquarium_fish', 'worm']);
    const coarse = await load('coarse');
    expect([...coarse.test.labels]).toEqual(COARSE);
    expect([coarse.classNames.length, coarse.classNames[0], coarse.classNames[19]]).toEqual([
      20,
      'aquatic_mammals',
      'vehicles_2',
    ]);
    expectImages(inMemory(coarse.test).pixels);
    expect(fine.description).toBe(`7 training and 3 test images from ${folder}`);
  });

  it('is looked at without its training images, and not trained on', async () => {
    await writeFiles(folder, { 'test.bin': binary() });
    expect((await openData(settings(), '/')).test.count).toBe(3);
    expect((await loadTestImages(settings('coarse'))).test.labels).toEqual(Uint8Array.from(COARSE));
    expect(await messageOf(load())).toMatch(/no training images.*test\.bin only, expected train\.bin/);
  });

  it('refuses what is cut, damaged or another’s, with its place', async () => {
    const bad = binary();
    bad[2 * RECORD + 1] = 100;
    await writeFiles(folder, { 'train.bin': binary().subarray(0, RECORD + 9), 'test.bin': bad });
    expect(await messageOf(load())).toMatch(
      /train\.bin: the batch file is cut short .*found 3083 bytes \(1 records and 9 bytes more\), expected a multiple of 3074/,
    );
    await writeFile(join(folder, 'train.bin'), binary());
    const place = /test\.bin, record 2 \(byte 6149, .*no CIFAR-100 class: found label 100, expected a label of 0 to 99/;
    expect(await messageOf(load())).toMatch(place);
    // The label that is not meant tells all the same that the file is another.
    expect(await messageOf(load('coarse'))).toMatch(place);
    const { test } = await openData(settings(), '/');
    expect(await messageOf(test.labels())).toMatch(place);
  });

  it('of CIFAR-10 is none of CIFAR-100', async () => {
    await writeFiles(folder, { 'data_batch_1.bin': makeRecords(3), 'test_batch.bin': makeRecords(1) });
    expect(await messageOf(load())).toMatch(/no CIFAR-100 batch files: found 2 other file\(s\), such as data_batch_1/);
    const ten = await settingsFor(folder, 10);
    expect(ten.kind).toBe('cifar10');
    expect(await messageOf(settingsFor(folder, 100))).toMatch(/found 100 classes, expected 10 of CIFAR-10/);
  });
});

describe('the Python version', () => {
  const whole = Object.keys(pickles).filter((name) => name.startsWith('cifar100'));

  it.each(whole)('%s', async (name) => {
    await writeFiles(folder, { train: pickle(name), test: pickle(name), meta: 'not read' });
    const { train, test, description } = await load();
    expect([...train.labels]).toEqual(FINE);
    expectImages(inMemory(test).pixels);
    expect(description).toBe(`3 training and 3 test images from ${folder} (Python version)`);
    if (!name.includes('without coarse')) expect([...(await load('coarse')).test.labels]).toEqual(COARSE);
  });

  it('of CIFAR-10 is read by the number of its batches', async () => {
    const batch = pickle('cifar10 of Python 2');
    await writeFiles(folder, { data_batch_2: batch, data_batch_10: batch, test_batch: batch });
    const { train, test } = await loadDataset({ kind: 'cifar10', folder }, { studyFolder: '/' });
    expect([...train.labels]).toEqual([3, 9, 0, 3, 9, 0]);
    expectImages(inMemory(test).pixels);
  });

  it('has the fingerprint of the binary version', async () => {
    await writeFiles(folder, { train: pickle('cifar100 of Python 2'), test: pickle('cifar100 in protocol 5') });
    const python = await load();
    const other = await temporaryFolder();
    await writeFiles(other, { 'train.bin': binary(), 'test.bin': binary() });
    const found = await loadDataset({ ...settings(), folder: other }, { studyFolder: '/' });
    await rm(other, { recursive: true });
    expect(python.fingerprint).toBe(found.fingerprint);
    expect(found.fingerprint).toBe(createHash('sha256').update(binary()).update(binary()).digest('hex'));
  });

  it('gives way to the binary one beside it, and says so, but not where only it has all that is needed', async () => {
    await writeFiles(folder, { train: pickle('cifar100 of Python 2'), test: pickle('cifar100 of Python 2') });
    await writeFiles(folder, { 'test.bin': binary(2) });
    expect((await load()).description).toMatch(/3 test .*\(Python version; the binary version beside it is not read\)/);
    await writeFiles(folder, { 'train.bin': binary(5) });
    expect((await load()).description).toMatch(
      /5 training and 2 test .*\(binary version; the Python version beside it/,
    );
  });

  it.each<[string, RegExp]>([
    ['images by columns', /data: the images are not .*by columns, expected U8 of shape \[images, 3072\] by rows/],
    ['images in floats', /data: .*found F32 of shape \[3, 3072\]/],
    ['images of another size', /data: .*found U8 of shape \[3, 768\]/],
    ['too few labels', /fine_labels: .*found 2 labels, expected 3 labels/],
    ['a label of no class', /record 1 \(fine_labels, .*found label 100, expected a label of 0 to 99/],
    ['a label that is a text', /fine_labels, element 1: .*"cat"/],
    ['a list', /not a batch of CIFAR-100’s Python version: found a list, expected a dict with data, coarse_labels/],
    ['cifar10 of Python 2', /coarse_labels|fine_labels/],
    ['harm', /posix\.system is neither .*the file was not run/],
  ])('%s is refused', async (name, message) => {
    await writeFiles(folder, { train: pickle('cifar100 of Python 2'), test: pickle(name) });
    const text = await messageOf(load());
    expect(text).toMatch(message);
    expect(text).toContain(join(folder, 'test'));
    expect(existsSync('/tmp/epochlens-was-here')).toBe(false);
  });

  it('cut short at any place is refused', async () => {
    const bytes = pickle('cifar100 of Python 2');
    await writeFiles(folder, { train: bytes, test: bytes });
    for (const share of [0, 0.01, 0.1, 0.5, 0.99]) {
      await truncate(join(folder, 'test'), Math.floor(share * bytes.length));
      expect(await messageOf(load())).toMatch(/test, byte \d+: (cut short|not a pickle)/);
      await writeFile(join(folder, 'test'), bytes);
    }
  });
});

describe('a run’s data', () => {
  it('are known again, file by file', async () => {
    await writeFiles(folder, { 'train.bin': binary(4), 'test.bin': binary() });
    const dataset = describeDataset(await load());
    const run = { folder: '/run', study: { dataset: settings() }, studyFolder: '/', manifest: { dataset } };
    expect((await loadRunData(run)).test.count).toBe(3);
    const files = dataset.files ?? [];
    expect((await checkDataFiles('cifar100', folder, files)).map(({ differs }) => differs)).toEqual([
      undefined,
      undefined,
    ]);
    await copyFile(join(folder, 'train.bin'), join(folder, 'test.bin'));
    await expect(openRunData(run)).rejects.toThrow(/4 images in place of 3/);
    await writeFile(join(folder, 'test.bin'), binary().fill(0, 2));
    const { test } = await openRunData(run);
    await expect(test.read([0])).rejects.toThrow(/not what the run was made with/);
    await rm(join(folder, 'train.bin'));
    expect((await checkDataFiles('cifar100', folder, files)).map(({ differs }) => differs)).toEqual([
      'it is gone, and the run was trained on it',
      'its images are not those that the run was trained on',
    ]);
  });
});

it('one file of either version is shown as the set that its name says', async () => {
  await writeFiles(folder, { 'test.bin': binary(), train: pickle('cifar100 in protocol 2') });
  const [test, train] = [await openBatchFile(join(folder, 'test.bin')), await openBatchFile(join(folder, 'train'))];
  expect([test.test.count, test.train.count, train.train.count, train.classNames.length]).toEqual([3, 0, 3, 100]);
  expectImages((await train.train.read([0, 1, 2])).pixels);
  expect((await readFile(join(folder, 'test.bin'))).length).toBe(3 * RECORD);
});

it('a study’s inputs are normalised by its data’s own constants', () => {
  const means = ['cifar10', 'cifar100'].map((kind) => {
    const parsed = parseStudy(JSON.stringify({ dataset: { kind } }), '/a.epochlens.json');
    return parsed.ok ? parsed.study.model.normalization.mean : undefined;
  });
  expect(means).toEqual([
    [0.4914, 0.4822, 0.4465],
    [0.5071, 0.4865, 0.4409],
  ]);
});
