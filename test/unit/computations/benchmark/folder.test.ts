import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InputError } from '../../../../src/common/errors';
import { openBenchmark } from '../../../../src/computations/benchmark/folder';
import { partsOf } from '../../../../src/computations/benchmark/parts';
import { temporaryFolder } from '../../datasets/cifarFiles';
import { npyOf, numpyFile } from '../../datasets/npyFiles';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function put(files: Record<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
}

it('finds what is there by the shapes, and says what is not', async () => {
  await put({
    'fog.npy': numpyFile('benchmark fog'),
    'labels.npy': numpyFile('benchmark labels'),
    'translate.npy': numpyFile('benchmark translate'),
    'numbers.npy': numpyFile('labels <i8'),
    'readme.txt': Buffer.from('x'),
  });
  const { files, missing, skipped } = await openBenchmark(folder, 10);
  expect(files.map(({ kind, name, images, each }) => [kind, name, images, each])).toEqual([
    ['corruption', 'fog', 2, 5],
    ['sequence', 'translate', 2, 3],
  ]);
  expect(missing).toContain('snow');
  expect(missing).toContain('tilt');
  expect(missing).not.toContain('fog');
  expect(skipped).toEqual([{ name: 'numbers.npy', why: 'int64 of shape [5]' }]);
});

it('reads the severities and frames in place, as NumPy wrote them', async () => {
  await put({
    'fog.npy': numpyFile('benchmark fog'),
    'labels.npy': numpyFile('benchmark labels'),
    'translate.npy': numpyFile('benchmark translate'),
  });
  const [fog, translate] = (await openBenchmark(folder, 10)).files;
  const { signal } = new AbortController();
  const severities = await partsOf(fog!, Infinity, signal);
  expect(severities.map(({ set }) => [set.count, ...set.labels])).toEqual(Array(5).fill([2, 3, 5]));
  // Of the first image, row y and column x, red is the ramp at y, green at x, blue 90, over the severity.
  const { pixels } = await severities[2]!.set.read([1, 0]);
  expect([...pixels.subarray(32 * 32 * 3, 32 * 32 * 3 + 3)]).toEqual([0, 0, 30]);
  expect([...pixels.subarray(0, 3)]).toEqual([85, 0, 30]);
  const limited = await partsOf(translate!, 1, signal);
  expect(limited.map(({ set }) => set.count)).toEqual([3]);
  const frames = await limited[0]!.set.read([0, 1, 2]);
  // A frame further the columns have moved by one: green is the ramp at x − 1.
  const green = (frame: number, x: number) => frames.pixels[(frame * 32 * 32 + x) * 3 + 1];
  expect([green(0, 5), green(1, 6), green(2, 7)]).toEqual([green(0, 5), green(0, 5), green(0, 5)]);
  expect(green(1, 5)).toBe(green(0, 4));
  // What is kept is kept by content.
  expect(new Set([...severities, ...limited].map(({ set }) => set.contentHash)).size).toBe(6);
});

it.each([
  ['an empty folder', {}, 'the folder has no arrays of a benchmark: found no .npy file'],
  ['arrays without labels', { 'fog.npy': numpyFile('benchmark fog') }, 'found fog.npy: no labels.npy beside it'],
  [
    'labels of another length',
    { 'fog.npy': numpyFile('benchmark fog'), 'labels.npy': numpyFile('labels <i8') },
    'fog.npy: the labels do not fit the images: found 5 labels, expected 10',
  ],
  [
    'a file that is cut short',
    { 'fog.npy': numpyFile('benchmark fog').subarray(0, 5000), 'labels.npy': numpyFile('benchmark labels') },
    'fog.npy: the file is cut short',
  ],
  [
    'Fortran order',
    { 'fog.npy': numpyFile('fortran'), 'labels.npy': numpyFile('benchmark labels') },
    'fog.npy: the array lies by columns',
  ],
  [
    'pickled objects',
    { 'fog.npy': numpyFile('objects'), 'labels.npy': numpyFile('benchmark labels') },
    'fog.npy: the elements cannot be read: found pickled Python objects',
  ],
  [
    'labels that the network has not',
    {
      'fog.npy': numpyFile('benchmark fog'),
      'labels.npy': npyOf(Uint8Array.of(3, 11, 3, 11, 3, 11, 3, 11, 3, 11), [10]),
    },
    'labels.npy: the labels are of other classes than the network’s: found labels of 0 to 11, expected 0 to 9',
  ],
  [
    'severities of other images',
    { 'fog.npy': numpyFile('benchmark fog'), 'labels.npy': npyOf(Uint8Array.of(3, 5, 3, 4, 3, 5, 3, 5, 3, 5), [10]) },
    'fog.npy: the file does not hold the same images at five severities',
  ],
])('refuses %s', async (_, files, message) => {
  await put(files);
  const error: unknown = await openBenchmark(folder, 10).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).toContain(message);
});
