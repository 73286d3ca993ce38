/** A validation split by the command line: kept back, measured at every epoch, and what the best epoch is chosen by. */
import { cp, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Calibration } from '../../src/measures/calibration/measured';
import { checkpointPath, readMetrics, type EpochMetrics } from '../../src/runs';
import { epochlens, launch, readJson, seededMetrics, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const ENGINE = ['--engine', 'wasm'];
const SPLIT = { ...TINY, dataset: { ...TINY.dataset, validation: { count: 30 } } };

const hashOf = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

describe('a validation split', () => {
  let folder: string;
  let study: string;
  let run: string;
  let said: string;
  const train = (path: string, to: string, ...args: string[]) =>
    succeed(['train', path, ...ENGINE, '--run', to, ...args]);

  beforeAll(async () => {
    folder = await temporaryFolder();
    study = await writeStudy(folder, SPLIT, 'split');
    run = join(folder, 'run');
    said = await train(study, run);
  });

  it('is measured beside the test images at every epoch', async () => {
    const metrics = await readMetrics(run);
    expect(metrics.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    for (const { validationLoss, validationAccuracy, validationImages, testImages } of metrics) {
      expect(validationImages).toBe(30);
      expect(testImages).toBe(20);
      expect(validationLoss).toBeGreaterThan(0);
      expect(((validationAccuracy ?? NaN) * 30) / 100).toBeCloseTo(
        Math.round(((validationAccuracy ?? NaN) * 30) / 100),
        9,
      );
    }
    expect(said.split('\n')[0]).toMatch(/images\/s +validation loss +validation %$/);
    expect(said.split('\n')[1]?.trim().split(/\s+/)).toHaveLength(9);
  });

  it('is never trained on: 70 images are ten a step, and others than all 100 give other weights', async () => {
    const status = await readJson<{ stepsPerEpoch: number }>(join(run, 'status.json'));
    expect(status.stepsPerEpoch).toBe(7);
    const first = join(folder, 'first');
    // The first 70 images are as many, and others than those that the split leaves.
    await train(await writeStudy(folder, { ...TINY, dataset: { ...TINY.dataset, trainLimit: 70 } }, 'first'), first);
    expect((await readMetrics(first))[1]?.trainLoss).not.toBe((await readMetrics(run))[1]?.trainLoss);
  });

  it('is the same when a training goes on after it was stopped', async () => {
    const stopped = join(folder, 'stopped');
    const training = launch(['train', study, ...ENGINE, '--run', stopped]);
    await training.said('\n1 ');
    training.child.kill('SIGTERM');
    await training.finished;
    await train(study, stopped, '--resume');
    const validationOf = async (of: string): Promise<Partial<EpochMetrics>[]> =>
      (await readMetrics(of)).map(({ epoch, validationLoss, validationAccuracy }) => {
        return { epoch, validationLoss, validationAccuracy } as Partial<EpochMetrics>;
      });
    expect(await validationOf(stopped)).toEqual(await validationOf(run));
    expect(await seededMetrics(stopped)).toEqual(await seededMetrics(run));
    expect(await hashOf(checkpointPath(stopped, 2))).toBe(await hashOf(checkpointPath(run, 2)));
  });

  it('chooses the best epoch', async () => {
    const metrics = await readMetrics(run);
    const highest = Math.max(...metrics.map(({ validationAccuracy }) => validationAccuracy ?? -1));
    const best = metrics.find(({ validationAccuracy }) => validationAccuracy === highest);
    const { runs } = JSON.parse(await succeed(['runs', run, '--json'])) as { runs: { best: object }[] };
    expect(runs[0]?.best).toMatchObject({
      epoch: best?.epoch,
      testAccuracy: best?.testAccuracy,
      validationAccuracy: highest,
      chosenBy: 'validation',
    });
    expect(await succeed(['runs', run])).toContain(`${best?.testAccuracy?.toFixed(2)} at ${best?.epoch} (validation)`);
    const copy = join(folder, 'pruned');
    await cp(run, copy, { recursive: true });
    const { stdout, stderr } = await epochlens(['prune', copy, '--keep', 'best', '--dry-run']);
    expect(stdout + stderr).toContain(
      `Best is epoch ${best?.epoch}, chosen by the validation images: ${highest.toFixed(2)} %`,
    );
  });

  it('is what a temperature is fitted on, and all test images are scored', async () => {
    const args = ['calibration', run, '--checkpoints', '2', ...ENGINE, '--json'];
    const { epochs } = JSON.parse(await succeed(args)) as { epochs: Calibration[] };
    expect(epochs[0]?.temperature?.fitted).toEqual({ set: 'validation', images: 30 });
    expect(epochs[0]?.temperature?.scored).toMatchObject({ first: 0, atOne: { n: 20 } });
    const { runs } = JSON.parse(await succeed(['verify', run, '--reproduce', '1000', ...ENGINE, '--json'])) as {
      runs: { reproduction: { reproduced: { of: string; agrees: boolean }[] } }[];
    };
    const all = runs[0]?.reproduction.reproduced ?? [];
    expect(all.every(({ agrees }) => agrees)).toBe(true);
    expect(all.map(({ of }) => of)).toContain('logits of 30 validation images at epoch 2');
  });

  it('changes nothing where there is none', async () => {
    const plain = join(folder, 'plain');
    const lines = await train(await writeStudy(folder, TINY, 'plain'), plain);
    expect(lines.split('\n')[0]).toMatch(/images\/s$/);
    const text = await readFile(join(plain, 'metrics.jsonl'), 'utf8');
    expect(text).not.toContain('validation');
    expect(await readFile(join(plain, 'run.json'), 'utf8')).not.toContain('validation');
    const { runs } = JSON.parse(await succeed(['runs', plain, '--json'])) as { runs: { best: { chosenBy: string } }[] };
    expect(runs[0]?.best).toMatchObject({ chosenBy: 'test' });
    // As the version before validation splits trained it.
    expect((await readMetrics(plain)).map(({ trainLoss }) => trainLoss)).toEqual(BEFORE);
  });

  it.each([
    [100, 'the validation split leaves no image to train on'],
    [0, 'dataset.validation.count'],
  ])('of %i images of 100 is refused', async (count, reason) => {
    const path = await writeStudy(folder, { ...SPLIT, dataset: { ...SPLIT.dataset, validation: { count } } }, 'wrong');
    const { code, stderr } = await epochlens(['train', path, ...ENGINE, '--run', join(folder, 'wrong')]);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });
});

/** Training losses of TINY by the embedded engine. */
const BEFORE = [2.305450916290283, 3.3716995239257814, 2.9713136672973635];
