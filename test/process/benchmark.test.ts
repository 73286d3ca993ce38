/** Published benchmarks by the command line: the real model on files made of real images, and on NumPy's own. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/measures/benchmark/measured';
import { loadDataset } from '../../src/datasets';
import { inMemory } from '../../src/datasets/imageSource';
import { createRun } from '../../src/runs';
import { readStudy } from '../../src/study';
import { replaceCheckpoint } from '../checkpointFiles';
import { npyOf, numpyFile } from '../unit/datasets/npyFiles';
import { epochlens, readJson, shared, succeed, temporaryFolder, withShared, writeStudy } from './cli';

interface Document {
  readonly benchmarks: readonly {
    readonly title: string;
    readonly missing: readonly string[];
    readonly epochs: readonly (Benchmark & { readonly epoch: number | null })[];
  }[];
}

const IMAGES = 60;
const SIZE = 32 * 32 * 3;

describe.skipIf(shared === undefined)(withShared('benchmark, the real model on the real images'), () => {
  const root = shared ?? '';
  const data = join(root, 'data', 'cifar10');
  const weights = join(root, 'models', 'resnet20.safetensors');
  const ofWeights = ['--weights', weights, '--architecture', 'resnet20', '--engine', 'wasm'];
  let folder: string;
  let files: string;
  let labels: Uint8Array;
  const put = (name: string, bytes: Uint8Array, ...shape: number[]) =>
    writeFile(join(files, name), npyOf(bytes, shape));

  async function makeRun(name: string): Promise<string> {
    const study = {
      dataset: { kind: 'cifar10', folder: data, testLimit: 20 },
      model: { architecture: 'resnet20', normalization: 'imagenet' },
      explain: { checkpoints: [1] },
      benchmarks: [{ folder: 'CIFAR-10-C' }],
    };
    const located = await readStudy(await writeStudy(folder, study, name));
    const dataset = { kind: 'cifar10', classNames: 'abcdefghij'.split(''), fingerprint: '', description: '' };
    const run = join(folder, name);
    await createRun({ folder: run, located, dataset, engine: { name: '', version: '', device: '' }, versions: {} });
    await replaceCheckpoint(run, 1, await readFile(weights));
    return run;
  }

  beforeAll(async () => {
    folder = await temporaryFolder();
    files = join(folder, 'CIFAR-10-C');
    await mkdir(files);
    const { test } = await loadDataset({ kind: 'cifar10', folder: data }, { studyFolder: '/', sets: 'any' });
    const pixels = inMemory(test).pixels.subarray(0, IMAGES * SIZE);
    labels = Uint8Array.from(test.labels.subarray(0, IMAGES));
    // Severity 1 is the images as they are; then they darken to black.
    const darker = [1, 0.4, 0.2, 0.1, 0].flatMap((share) => [...pixels].map((value) => Math.round(share * value)));
    await put('fog.npy', Uint8Array.from(darker), 5 * IMAGES, 32, 32, 3);
    await put(
      'labels.npy',
      Uint8Array.from({ length: 5 * IMAGES }, (_, at) => labels[at % IMAGES] as number),
      5 * IMAGES,
    );
    const image = pixels.subarray(0, SIZE);
    const black = new Uint8Array(SIZE);
    const frames = [image, image, black, image].flatMap((frame) => [...frame]);
    await put('rotate.npy', Uint8Array.from(frames), 1, 4, 32, 32, 3);
    await put('gaussian_noise.npy', Uint8Array.from(frames), 1, 4, 32, 32, 3);
    await put('cifar10.1_v6_data.npy', pixels, IMAGES, 32, 32, 3);
    await put('cifar10.1_v6_labels.npy', labels, IMAGES);
  });

  it('measures errors and flips, keeps predictions, and compares with another run', async () => {
    const run = await makeRun('mine');
    const other = await makeRun('other');
    const first = JSON.parse(
      await succeed(['benchmark', run, '--engine', 'wasm', '--against', other, '--json']),
    ) as Document;
    const [{ title, missing, epochs } = { title: '', missing: [], epochs: [] }] = first.benchmarks;
    expect([title, missing.length]).toEqual(['CIFAR-10-C', 14 + 8]);
    const [at] = epochs;
    const evaluated = await readJson<{ predictions: number[] }>(join(root, 'models', 'resnet20.json'));
    const wrong = evaluated.predictions
      .slice(0, IMAGES)
      .filter((predicted, image) => predicted !== labels[image]).length;
    const [fog] = at?.corruptions ?? [];
    expect(fog?.errors[0]).toMatchObject({ count: wrong, of: IMAGES });
    // All black images are one class's.
    expect(fog?.errors[4]?.count).toBeGreaterThan(IMAGES / 2);
    expect(at?.testSets).toMatchObject([{ name: 'cifar10.1_v6', error: { count: wrong, of: IMAGES } }]);
    expect(at?.relativeError?.estimate.mean).toBeCloseTo(1, 12);
    expect(at?.meanCorruptionError?.estimate.mean).toBeCloseTo(fog?.mean.mean ?? NaN, 12);
    // Of image, image, black, image: the frame before differs twice, the first one once.
    expect(at?.sequences.map(({ name, flips }) => [name, flips.count, flips.of])).toEqual([
      ['gaussian_noise', 1, 3],
      ['rotate', 2, 3],
    ]);
    const again = await epochlens(['benchmark', run, '--json', '--engine', 'wasm', '--against', other]);
    expect(again.stderr).not.toContain('Engine:');
    expect(JSON.parse(again.stdout)).toEqual(first);
    const limited = await succeed(['benchmark', run, '--limit', '10', '--engine', 'wasm', files]);
    expect(limited).toContain('The mean corruption error is unnormalised');
    expect(limited).not.toMatch(/relative error/);
  }, 120_000);

  it('takes weights alone, and what NumPy has written', async () => {
    const place = join(folder, 'numpy');
    await mkdir(place);
    for (const name of ['fog', 'translate', 'labels'])
      await writeFile(join(place, `${name}.npy`), numpyFile(`benchmark ${name}`));
    const { benchmarks } = JSON.parse(await succeed(['benchmark', place, ...ofWeights, '--json'])) as Document;
    const at = benchmarks[0]?.epochs[0];
    expect(at?.corruptions.map(({ name, errors }) => [name, errors.map(({ of }) => of)])).toEqual([
      ['fog', [2, 2, 2, 2, 2]],
    ]);
    expect(at?.sequences).toMatchObject([{ name: 'translate', frames: 3, withFirst: false, flips: { of: 4 } }]);
  }, 60_000);

  it('refuses an empty folder', async () => {
    const place = join(folder, 'empty');
    await mkdir(place);
    const { code, stderr } = await epochlens(['benchmark', place, ...ofWeights]);
    expect(stderr).toContain('the folder has no arrays of a benchmark: found no .npy file');
    expect(code).toBe(2);
  });
});
