/** Calibration by the command line: measured, kept, the same numbers as robustness, computed again by `verify`. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/measures/calibration/measured';
import { runPaths } from '../../src/runs';
import { epochlens, succeed, temporaryFolder, TINY, writeStudy } from './cli';

interface Document {
  readonly run: string;
  readonly epochs: readonly (Calibration & { readonly epoch: number })[];
}

const PERTURBATIONS = [
  { kind: 'gaussianNoise', standardDeviation: 0.3, rounds: 2 },
  { kind: 'rotation', degrees: [-30, 30], rounds: 1, images: 30 },
];
const ENGINE = ['--engine', 'wasm'];

describe('calibration', () => {
  let run: string;
  let results: string;
  const measure = async (...args: string[]): Promise<Document> =>
    JSON.parse(await succeed(['calibration', run, ...args, ...ENGINE, '--json'])) as Document;
  const keptLogits = async (): Promise<string[]> =>
    (await readdir(results)).filter((name) => /^logits-[0-9a-f]{32}\.bin$/.test(name));

  beforeAll(async () => {
    const folder = await temporaryFolder();
    run = join(folder, 'run');
    ({ results } = runPaths(run));
    const study = { ...TINY, dataset: { ...TINY.dataset, testCount: 60 }, perturbations: PERTURBATIONS };
    await succeed(['train', await writeStudy(folder, study), ...ENGINE, '--run', run]);
  });

  it('measures every checkpoint, keeps the logits, and says the same from them', async () => {
    const first = await measure();
    expect(first.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    for (const { scores, temperature, drops } of first.epochs) {
      expect(scores.n).toBe(60);
      expect(scores.equalWidth.bins.reduce((sum, { n }) => sum + n, 0)).toBe(60);
      expect(scores.equalMass.bins.map(({ n }) => n)).toEqual(new Array(15).fill(4));
      expect(temperature?.fitted).toEqual({ set: 'test', images: 30 });
      expect(temperature?.scored).toMatchObject({ first: 30, atOne: { n: 30 }, atTemperature: { n: 30 } });
      expect(drops.map(({ atOne, rounds }) => [atOne.n, rounds])).toEqual([
        [60, 2],
        [30, 1],
      ]);
    }
    // As they are, two rounds of noise and one of rotation, at three checkpoints.
    expect(await keptLogits()).toHaveLength(12);
    const { stderr } = await epochlens(['calibration', run, ...ENGINE]);
    expect(stderr).not.toContain('Engine:');
    expect(await measure()).toEqual(first);
    // One that is lost is computed again, and the others are not.
    await rm(join(results, (await keptLogits())[0] ?? ''));
    expect(await measure()).toEqual(first);
    expect(await keptLogits()).toHaveLength(12);
  });

  it('has the confidence drops of robustness at temperature 1', async () => {
    interface Tests {
      readonly tests: { readonly epoch: number; readonly entry: number; readonly confidenceDrop: unknown }[];
    }
    const { tests } = JSON.parse(await succeed(['perturb', run, '--checkpoints', '1', ...ENGINE, '--json'])) as Tests;
    const measured = tests.map(({ confidenceDrop }) => JSON.stringify(confidenceDrop));
    const { epochs } = await measure('--checkpoints', '1');
    const drops = epochs.flatMap(({ drops: found }) => found.map(({ atOne }) => atOne.mean));
    expect(drops).toHaveLength(tests.length);
    const means = measured.map((text) => Number(/"mean":([-\d.e]+)/.exec(text)?.[1]));
    drops.forEach((drop, at) => expect(Math.abs(drop - (means[at] ?? NaN))).toBeLessThan(1e-6));
  });

  it('prints tables by epoch and of the bins, and sentences', async () => {
    const said = await succeed(['calibration', run, ...ENGINE, '--checkpoints', '0,2']);
    expect(said).toMatch(/^epoch +accuracy % +confidence +over +ECE +equal mass/);
    expect(said).toContain('Reliability at epoch 2, of the 60 images at T = 1:');
    expect(said).toMatch(/^At epoch 2 .*; .*(temperature|logits)/m);
    expect(said).toMatch(/^The ECE goes from 0\.\d{3} at epoch 0 to 0\.\d{3} at epoch 2/m);
    expect(said).toMatch(/^Under gaussianNoise 0\.3 the confidence in the clean prediction /m);
  });

  it('takes fewer images, and no perturbations', async () => {
    const { epochs } = await measure('--images', '7', '--no-perturbations', '--checkpoints', '2');
    expect(epochs).toHaveLength(1);
    expect(epochs[0]).toMatchObject({ drops: [], scores: { n: 7 }, temperature: { scored: { first: 3 } } });
    expect(epochs[0]?.scores.equalMass.bins).toHaveLength(7);
    expect(epochs[0]?.scores.equalWidth.interval).toBeNull();
    const { epochs: one } = await measure('--images', '1', '--no-perturbations', '--checkpoints', '2');
    expect(one[0]?.temperature).toBeNull();
  });

  it('is computed again by verify', async () => {
    const { runs } = JSON.parse(await succeed(['verify', run, '--reproduce', '1000', ...ENGINE, '--json'])) as {
      runs: { reproduction: { reproduced: { file: string; agrees: boolean; difference: number; of: string }[] } }[];
    };
    const logits = (runs[0]?.reproduction.reproduced ?? []).filter(({ file }) => file.includes('logits-'));
    expect(logits.length).toBeGreaterThanOrEqual(12);
    expect(logits.every(({ agrees, difference }) => agrees && difference === 0)).toBe(true);
    expect(logits.map(({ of }) => of)).toContain('logits of 30 test images under rotation, round 1, at epoch 1');
  });

  it.each([
    [['--images', '0'], '--images'],
    [['--checkpoints', '7'], 'checkpoint'],
  ])('refuses %j', async (args, said) => {
    const { code, stderr } = await epochlens(['calibration', run, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
  });
});
