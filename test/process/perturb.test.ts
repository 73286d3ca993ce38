/** Perturbation tests by the command line: the real model on the real images, and what is kept and judged. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/datasets';
import type { Measured } from '../../src/measures/robustness/measured';
import type { Interval } from '../../src/statistics/schemas';
import { checkpointPath, createRun } from '../../src/runs';
import { readStudy } from '../../src/study';
import { replaceCheckpoint, withZeros } from '../checkpointFiles';
import {
  engines,
  epochlens,
  launch,
  readJson,
  shared,
  succeed,
  temporaryFolder,
  TINY,
  withShared,
  writeStudy,
} from './cli';

/** Rates are numbers in per cent here. */
interface Test extends Pick<Measured, 'images' | 'rounds' | 'confidenceDrop' | 'heatmapSimilarity'> {
  readonly clean: { readonly accuracy: number };
  readonly accuracy: number;
  readonly correct: number;
  readonly of: number;
  readonly accuracyInterval: Interval | null;
  readonly flipRate: number;
  readonly perRound: readonly unknown[];
  readonly number: number;
  readonly perturbation: { readonly kind: string };
  readonly epoch: number;
  readonly kept: boolean;
  readonly passed: boolean | null;
  readonly misses: readonly unknown[];
}

interface Document {
  readonly layer: string;
  readonly tests: readonly Test[];
}

async function perturb(args: readonly string[], engine = 'wasm'): Promise<Document> {
  return JSON.parse(await succeed(['perturb', ...args, '--engine', engine, '--json'])) as Document;
}

/** The numbers alone. */
const numbers = ({ tests }: Document): unknown => tests.map((test) => ({ ...test, kept: undefined }));

describe.skipIf(shared === undefined)(withShared('perturb, the real model on the real images'), () => {
  const root = shared ?? '';
  let folder: string;
  let run: string;

  const study = (perturbations: unknown[]): unknown => ({
    dataset: { kind: 'cifar10', folder: join(root, 'data', 'cifar10') },
    model: { architecture: 'resnet20', normalization: 'imagenet' },
    perturbations,
  });

  beforeAll(async () => {
    folder = await temporaryFolder();
    run = join(folder, 'run');
    const located = await readStudy(
      await writeStudy(
        folder,
        study([
          { kind: 'gaussianNoise', standardDeviation: 0.1 },
          { kind: 'gaussianNoise', standardDeviation: 0.04 },
          { kind: 'rotation' },
          { kind: 'occlusion', pixels: 5 },
          { kind: 'occlusion', pixels: 10 },
          { kind: 'occlusion', pixels: 20 },
        ]),
        'real',
      ),
    );
    const { kind, classNames, fingerprint, description } = await loadDataset(located.study.dataset, {
      studyFolder: folder,
    });
    const dataset = { kind, classNames, fingerprint, description };
    await createRun({ folder: run, located, dataset, engine: { name: '', version: '', device: '' }, versions: {} });
    await replaceCheckpoint(run, 1, await readFile(join(root, 'models', 'resnet20.safetensors')));
  });

  interface Spread {
    readonly mean: number;
    readonly sdOverRounds: number;
  }
  interface Expected {
    readonly images: number;
    readonly perturbations: readonly {
      readonly perturbation: string;
      readonly accuracy: Spread;
      readonly confidenceDropOfPrediction: Spread;
      readonly confidenceDropOfLabel: Spread;
      readonly flipRate: Spread;
    }[];
  }

  it('measures what PyTorch measures, within three standard deviations over rounds', async () => {
    const expected = await readJson<Expected>(join(root, 'models', 'resnet20-robustness.json'));
    const { tests, layer } = await perturb([run], engines.at(-1));
    expect(layer).toBe('layer3.2');
    expect(tests).toHaveLength(expected.perturbations.length);
    for (const [index, { perturbation, ...spreads }] of expected.perturbations.entries()) {
      const { images, clean, accuracy, confidenceDrop, flipRate } = tests[index]!;
      expect(images).toBe(expected.images);
      expect(clean.accuracy).toBeCloseTo((100 * 932) / 1017, 0);
      const { ofPrediction, ofLabel } = confidenceDrop;
      const near = (what: string, value: number, { mean, sdOverRounds }: Spread): void => {
        expect(Math.abs(value - mean), `${perturbation}: ${what} ${value}`).toBeLessThan(3 * sdOverRounds);
      };
      near('accuracy', accuracy, spreads.accuracy);
      near('flip rate', flipRate, spreads.flipRate);
      near('drop of the prediction', ofPrediction.mean, spreads.confidenceDropOfPrediction);
      near('drop of the label', ofLabel.mean, spreads.confidenceDropOfLabel);
      expect(ofPrediction.n).toBe(images);
      const test = tests[index]!;
      expect([test.of, accuracy]).toEqual([images * test.rounds, (100 * test.correct) / test.of]);
      // Over rounds of the same images it is wider than of as many images, and narrower than of one round.
      const { low = NaN, high = NaN } = test.accuracyInterval ?? {};
      const halfOf = (cases: number): number => 196 * Math.sqrt(((accuracy / 100) * (1 - accuracy / 100)) / cases);
      expect((high - low) / 2).toBeGreaterThan(0.95 * halfOf(test.of));
      expect((high - low) / 2).toBeLessThan(1.05 * halfOf(images));
      expect(ofPrediction.interval?.low).toBeLessThan(ofPrediction.mean);
      expect(ofPrediction.interval?.high).toBeGreaterThan(ofPrediction.mean);
    }
    // The harder a perturbation is, the less alike the heatmaps stay.
    const alike = tests.map(({ heatmapSimilarity }) => heatmapSimilarity.spearman?.mean ?? NaN);
    expect(alike[1]).toBeGreaterThan(alike[0]!);
    expect(alike[3]).toBeGreaterThan(alike[4]!);
    expect(alike[4]).toBeGreaterThan(alike[5]!);
    expect(alike[2]).toBeGreaterThan(0.5);
    // Thousands of images: without the native engine it takes long.
  }, 600_000);
});

describe('perturb RUN', () => {
  let folder: string;
  let run: string;
  const NOISE = { kind: 'gaussianNoise', standardDeviation: 0.3, rounds: 2, images: 12 };
  const TURN = { kind: 'rotation', rounds: 2, images: 12 };
  const withPerturbations = (...perturbations: unknown[]): Promise<string> =>
    writeStudy(folder, { ...TINY, training: { ...TINY.training, epochs: 1 }, perturbations });

  const keptFiles = async (): Promise<string[]> =>
    (await readdir(join(run, 'results'))).filter((name) => name.startsWith('robustness-'));

  beforeAll(async () => {
    folder = await temporaryFolder();
    run = join(folder, 'run');
    await succeed(['train', await withPerturbations(NOISE, TURN), '--engine', 'wasm', '--run', run]);
  });

  it('tests each entry at each checkpoint, and says so in a table', async () => {
    const stdout = await succeed(['perturb', run, '--engine', 'wasm']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(rows[0]?.slice(0, 5)).toEqual(['perturbation', 'epoch', 'images', 'clean %', 'accuracy %']);
    expect(rows.at(-1)?.[0]).toBe(
      'No intervals: fewer than 100 images for probabilities; fewer than 25 images for heatmaps; fewer than 20 images for rates.',
    );
    expect(rows.slice(1, 5).map(([name, epoch]) => [name, epoch])).toEqual([
      ['1 gaussianNoise 0.3', '0'],
      ['1 gaussianNoise 0.3', '1'],
      ['2 rotation −30…30°', '0'],
      ['2 rotation −30…30°', '1'],
    ]);
  });

  it('gives the same numbers again, whatever the order of checkpoints, and others for another seed', async () => {
    const first = await perturb([run]);
    await rm(join(run, 'results'), { recursive: true });
    const [one, zero] = [await perturb([run, '--checkpoints', '1']), await perturb([run, '--checkpoints', '0'])];
    expect(one.tests.concat(zero.tests).every(({ kept }) => !kept)).toBe(true);
    expect(numbers({ ...first, tests: [...zero.tests, ...one.tests] })).toEqual(numbers(first));
    await withPerturbations({ ...NOISE, seed: 2 }, TURN);
    const other = await perturb([run]);
    expect(other.tests[0]?.confidenceDrop.ofPrediction.mean).not.toBe(first.tests[0]?.confidenceDrop.ofPrediction.mean);
    await withPerturbations(NOISE, TURN);
  });

  it('computes again what changed, and nothing else', async () => {
    await perturb([run]);
    const kept = async (...args: string[]) =>
      (await perturb([run, ...args])).tests.map((test) => [test.number, test.epoch, test.kept]);
    expect(await kept()).toEqual([
      [1, 0, true],
      [2, 0, true],
      [1, 1, true],
      [2, 1, true],
    ]);
    await withPerturbations({ ...NOISE, expect: { accuracy: { min: 0 } } }, { ...TURN, degrees: [-10, 10] });
    expect(await kept()).toEqual([
      [1, 0, true],
      [2, 0, false],
      [1, 1, true],
      [2, 1, false],
    ]);
    expect(await kept('--only', '2', '--checkpoints', '1')).toEqual([[2, 1, true]]);
    expect((await keptFiles()).length).toBeGreaterThanOrEqual(6);
  });

  it('compares maps of one class, of the input’s resolution', async () => {
    await withPerturbations({ ...NOISE, images: 3 });
    const asked = [run, '--checkpoints', '1', '--method', 'input_x_gradient'];
    const { layer, tests } = await perturb(asked);
    expect(layer).toBe('input');
    expect(tests[0]).toMatchObject({ images: 3, kept: false, heatmapSimilarity: { compared: 6 } });
    const { spearman } = tests[0]!.heatmapSimilarity;
    expect(spearman?.mean).toBeLessThan(0.95);
    // The same images by another method are other maps and the same predictions.
    const [other] = (await perturb([run, '--checkpoints', '1'])).tests;
    expect(other?.confidenceDrop).toEqual(tests[0]?.confidenceDrop);
    expect(other?.heatmapSimilarity.spearman?.mean).not.toBe(spearman?.mean);
    expect((await perturb(asked)).tests).toMatchObject([{ kept: true, heatmapSimilarity: { spearman } }]);
    await withPerturbations(NOISE, TURN);
  });

  it('stops within two seconds, and goes on from what it has done', async () => {
    const quick = { ...NOISE, seed: 11 };
    await withPerturbations(quick, { ...TURN, rounds: 1000, images: 20 });
    const before = (await keptFiles()).length;
    const running = launch(['perturb', run, '--engine', 'wasm']);
    await expect.poll(keptFiles, { timeout: 60_000 }).toHaveLength(before + 1);
    const begin = performance.now();
    running.child.kill('SIGINT');
    const { code, stderr } = await running.finished;
    expect(performance.now() - begin).toBeLessThan(2000);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Stopping the perturbation tests') as string]);
    expect(stderr).toContain('Cancelled. What was finished is kept: the same command goes on from there.');
    const { tests } = await perturb([run, '--only', '1']);
    expect(tests.map(({ epoch, kept }) => [epoch, kept])).toEqual([
      [0, true],
      [1, false],
    ]);
    await withPerturbations(NOISE, TURN);
  });

  it('goes by the study file as it is now, also where it describes another training, and by the run where it is gone', async () => {
    const other = { ...TINY, training: { ...TINY.training, epochs: 1, seed: 99 }, perturbations: [TURN] };
    const file = await writeStudy(folder, other);
    const named = async (): Promise<unknown[]> =>
      (await perturb([run])).tests.map(({ perturbation }) => perturbation.kind);
    expect(await named()).toEqual(['rotation', 'rotation']);
    await rm(file);
    expect(await named()).toEqual(['gaussianNoise', 'rotation', 'gaussianNoise', 'rotation']);
    await withPerturbations(NOISE, TURN);
  });

  it('ends with 1 where a test misses its expectation, with the numbers', async () => {
    await withPerturbations({ ...NOISE, expect: { accuracy: { min: 100 }, confidenceDrop: { max: -1 } } }, TURN);
    const { code, stdout, stderr } = await epochlens(['perturb', run, '--checkpoints', '1', '--engine', 'wasm']);
    expect(code).toBe(1);
    expect(stdout).toContain('FAILED');
    expect(stderr).toMatch(/1 of 1 tests failed\n {2}1 gaussianNoise 0\.3 at epoch 1: confidence drop -?0\.\d{4}, /);
    expect(stderr).toMatch(/accuracy \d+\.\d\d % \(\d+ of 24\), expected at least 100 %/);
    await withPerturbations({ ...NOISE, expect: { accuracy: { min: 0 }, heatmapSimilarity: { min: -1 } } }, TURN);
    const { tests } = await perturb([run, '--checkpoints', '1']);
    expect(tests.map(({ passed }) => passed)).toEqual([true, null]);
  });

  it('decides nothing by flat heatmaps: such a test fails, and says on how many pairs it rests', async () => {
    await withPerturbations({ ...NOISE, images: 6, seed: 5, expect: { heatmapSimilarity: { min: -1 } } });
    const before = await readFile(checkpointPath(run, 1));
    await replaceCheckpoint(run, 1, withZeros(before, 'linear.weight'));
    const args = ['perturb', run, '--checkpoints', '1', '--engine', 'wasm'];
    const { code, stdout, stderr } = await epochlens(args);
    expect(code).toBe(1);
    expect(stdout).toMatch(/ 0 of 12 \(!\) +FAILED$/m);
    expect(stdout).toContain('(!): too few heatmaps can be compared');
    expect(stderr).toContain(
      'heatmap similarity cannot be decided: only 0 of 12 pairs of heatmaps can be compared, expected at least -1',
    );
    const { tests } = JSON.parse((await epochlens([...args, '--json'])).stdout) as Document;
    expect(tests[0]).toMatchObject({ passed: false, heatmapSimilarity: { spearman: null, compared: 0 } });
    expect(tests[0]?.misses).toMatchObject([{ expectation: 'heatmapSimilarity', decided: false, measured: null }]);
    const attention = await succeed(['attention', run, '--images', 'test:0-5', '--engine', 'wasm']);
    expect(attention).toContain(
      'When focus settles cannot be said: at epoch 0 only 0 of 6 images have heatmaps that can be compared with epoch 1’s',
    );
    await replaceCheckpoint(run, 1, before);
  });

  it.each([
    [['--only', '3'], 'a number from 1 to 2'],
    [['--only', '0'], '--only'],
    [['--only', 'x'], '--only'],
    [['--checkpoints', '7'], 'no checkpoint of epoch 7'],
  ])('refuses %j', async (args, words) => {
    await withPerturbations(NOISE, TURN);
    const { code, stderr } = await epochlens(['perturb', run, ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words) as string]);
  });

  it('refuses a study without perturbations', async () => {
    await withPerturbations();
    const { code, stderr } = await epochlens(['perturb', run]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('no perturbations') as string]);
  });
});
