import { describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromParts, partsOf, sharedTests } from '../../../src/computations/robustness/parts';
import { blocksOf } from '../../../src/computations/heatmaps/batches';
import { createTally } from '../../../src/measures/robustness/tally';
import { createModel } from '../../../src/models/model';
import { chooseMethod } from '../../../src/explanations';
import { explainedLayer } from '../../../src/computations/heatmaps/explained';
import { namedNetwork } from '../../../src/architectures';
import type { InputsOfParts } from '../../../src/runs';

const model = createModel(namedNetwork('resnet20'), 32, 10);

describe('parts of tests', () => {
  it('go once to one shard, in whole batches of 256 images', () => {
    const tests = [
      [
        { name: 'a', images: 600 },
        { name: 'b', images: 300 },
      ],
      [{ name: 'c', images: 600 }],
    ];
    const all = [1, 2, 3].flatMap((index) =>
      sharedTests(tests, { model, shard: { index, of: 3 }, imagesOf: ({ images }) => images }).flatMap(
        ({ test, ranges }) => ranges.map(({ start, end }) => `${test.name} ${start}-${end}`),
      ),
    );
    const whole = ['a 0-256', 'a 256-512', 'a 512-600', 'b 0-256', 'b 256-300', 'c 0-256', 'c 256-512', 'c 512-600'];
    expect([...all].sort()).toEqual(whole);
  });

  it('make the same numbers as a tally of all', () => {
    const [images, rounds] = [30, 2];
    const similarity = { spearman: 0.5, pearson: null, ssim: 0.25 } as never;
    const add = (tally: ReturnType<typeof createTally>, from: number, to: number): void => {
      for (let image = from; image < to; image++)
        for (let round = 0; round < rounds; round++) {
          const clean = { predicted: image % 2, probabilities: [0.1 + image / 70, 0.3], map: new Float32Array(1) };
          const perturbed = { ...clean, predicted: (image * round) % 2, probabilities: [1 / (image + 3), 0.7] };
          tally.add(image, round, 0, clean, perturbed, similarity);
        }
    };
    const whole = createTally(images, { rounds });
    add(whole, 0, images);
    const [first, second, merged] = [1, 2, 3].map(() => createTally(images, { rounds })) as [
      typeof whole,
      typeof whole,
      typeof whole,
    ];
    add(first, 0, 20);
    add(second, 20, images);
    for (const [start, part] of [[0, first.part(0, 20)] as const, [20, second.part(20, images)] as const])
      merged.put(start, JSON.parse(JSON.stringify(part)) as typeof part);
    expect(merged.measured()).toEqual(whole.measured());
    expect(() => merged.put(20, first.part(0, 20))).toThrow('a part of another tally');
  });
});

describe('parts by different engines', () => {
  const ranges = [
    { start: 0, end: 2 },
    { start: 2, end: 3 },
  ] as const;
  const inputs = {
    ...{ architecture: 'resnet20', layer: 'auto', checkpoint: 'a', images: 'b', of: 3 },
    input: { inputSize: 32, mean: [0, 0, 0], std: [1, 1, 1] },
    perturbation: { kind: 'gaussianNoise', std: 0.1, rounds: 1, seed: 1 },
  } as unknown as InputsOfParts;
  const ours = { engine: 'wasm', version: '4', epochlens: '1.0.0' };

  it.each([
    ['the same', ours, true],
    ['another engine', { ...ours, engine: 'tensorflow' }, false],
    ['another version of the engine', { ...ours, version: '5' }, false],
    ['another version of EpochLens', { ...ours, epochlens: '2.0.0' }, false],
    ['nobody knows what', undefined, false],
  ])('of %s', async (_, by, counts) => {
    const folder = await mkdtemp(join(tmpdir(), 'epochlens-parts-'));
    try {
      const tally = createTally(3, { rounds: 1 });
      const similarity = { spearman: 0.5, pearson: null, ssim: 0.25 } as never;
      for (let image = 0; image < 3; image++) {
        const clean = { predicted: 0, probabilities: [0.6, 0.4], map: new Float32Array(1) };
        tally.add(image, 0, 0, clean, { ...clean, predicted: image % 2 }, similarity);
      }
      const theirs = partsOf(folder, inputs, () => (by === undefined ? {} : { by }));
      const own = partsOf(folder, inputs, () => ({ by: ours }));
      await own.store(ranges[0], tally.part(0, 2));
      await theirs.store(ranges[1], tally.part(2, 3));
      expect(await own.load(ranges[0])).toEqual(JSON.parse(JSON.stringify(tally.part(0, 2))));
      expect((await own.load(ranges[1])) !== undefined).toBe(counts);
      expect(await fromParts(folder, inputs, { ranges, rounds: 1 })).toEqual(
        counts ? { measured: tally.measured(), about: { by: ours } } : undefined,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('blocks of heatmaps', () => {
  const method = chooseMethod('gradcam');
  const explained = { model, method, targetLayer: explainedLayer(model, method, 'auto') };

  it('are batches of 64, the first image alone where somebody waits for it', () => {
    expect(blocksOf(explained, 130, false).map(({ start, end }) => [start, end])).toEqual([
      [0, 64],
      [64, 128],
      [128, 130],
    ]);
    expect(blocksOf(explained, 66, true).map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [1, 65],
      [65, 66],
    ]);
  });
});
