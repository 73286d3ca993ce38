/** Whether heatmaps follow from the model, and a run of permuted labels beside it, by the command line. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Sanity } from '../../src/protocol/engine';
import { openRun, runPaths } from '../../src/runs';
import { epochlens, launch, seededMetrics, succeed, temporaryFolder, writeStudy } from './cli';

/** Enough to learn something of the shapes, in seconds. */
const STUDY = {
  dataset: { kind: 'synthetic', trainCount: 160, testCount: 28 },
  model: { architecture: 'resnet20' },
  training: { epochs: 3, batchSize: 8, learningRate: 0.01, schedule: 'cosine', seed: 1 },
};
const FEW = { dataset: { kind: 'synthetic', trainCount: 20, testCount: 10 }, training: { epochs: 0 } };
const PERMUTED = { ...STUDY, training: { ...STUDY.training, labels: 'permuted' } };

describe('sanity', () => {
  let folder: string;
  let run: string;
  let permuted: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    run = join(folder, 'run');
    permuted = join(folder, 'permuted');
    await succeed(['train', await writeStudy(folder, STUDY, 'real'), '--engine', 'wasm', '--run', run]);
    // Stopped in the middle, it goes on with the same labels.
    const study = await writeStudy(folder, PERMUTED, 'permuted');
    const training = launch(['train', study, '--engine', 'wasm', '--run', permuted, '--json']);
    await training.said('"epoch":2,"epochs":3,"step":2,');
    training.child.kill('SIGINT');
    const { stderr } = await training.finished;
    expect(stderr).toContain('Labels: training labels permuted by seed 1');
    await succeed(['train', study, '--engine', 'wasm', '--run', permuted, '--resume']);
  });

  const sanity = (...args: readonly string[]) => succeed(['sanity', run, '--engine', 'wasm', ...args]);
  const results = async (): Promise<number> =>
    (await readdir(runPaths(run).results)).filter((name) => name.startsWith('sanity-')).length;

  it('of a run of permuted labels run.json says so, and it learns what test images do not show', async () => {
    expect((await openRun(permuted)).study.training.labels).toBe('permuted');
    expect((await openRun(run)).study.training).not.toHaveProperty('labels');
    const [real, random] = [await seededMetrics(run), await seededMetrics(permuted)];
    expect(random.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    // The same weights before training, and other labels.
    expect(random[0]?.testLoss).toBe(real[0]?.testLoss);
    expect(random[0]?.trainLoss).not.toBe(real[0]?.trainLoss);
    expect(random[3]?.trainLoss).toBeGreaterThan(real[3]?.trainLoss ?? Infinity);
  });

  it('passes: maps become others with other weights, and are told from those of permuted labels', async () => {
    const args = ['--against', permuted, '--draws', '2', '--training-images', '64', '--checkpoints', '0,3', '--json'];
    const document = JSON.parse(await sanity(...args)) as Sanity;
    const [method] = document.methods;
    expect(document).toMatchObject({ images: 28, against: { run: 'permuted', labels: 'permuted' } });
    expect(method?.layer.name).toBe('layer3.2');
    const { cascading = [], alone = [], trainingImages } = method?.randomisation ?? {};
    expect(trainingImages).toBe(64);
    expect(cascading.map(({ group }) => group)).toEqual(['head', 'layer3', 'layer2', 'layer1', 'stem']);
    expect(cascading.map(({ verdict }) => verdict)).toEqual(cascading.map(() => 'different'));
    for (const { signed, chance, draws, of } of cascading) {
      expect(Math.abs(signed?.mean ?? 1)).toBeLessThan(0.4);
      expect(Math.abs(chance.signed?.mean ?? 1)).toBeLessThan(0.1);
      expect([draws.length, of]).toEqual([2, 28]);
    }
    expect(alone[0]).toEqual(cascading[0]);
    expect(method?.against?.map(({ epoch, verdict }) => [epoch, verdict])).toEqual([
      // Before training they are one network.
      [0, 'alike'],
      [3, 'different'],
    ]);
    expect(method?.against?.[0]?.signed?.mean).toBe(1);
    expect(method?.sentences.join(' ')).toMatch(
      /Grad-CAM at layer3\.2 depends on the weights: .*running statistics .* over 64 training images.*tells this run from permuted, which was trained on permuted labels/,
    );
    // What is kept is not computed again, and a part of it serves another request.
    const before = await results();
    const again = await epochlens(['sanity', run, ...args]);
    expect([JSON.parse(again.stdout), again.stderr.includes('Engine')]).toEqual([document, false]);
    const shown = await sanity('--only', 'randomisation', '--draws', '2', '--training-images', '64');
    expect(shown).toMatch(/… to head +-?\d\.\d{3} +\S+…\S+/);
    expect(shown).toContain('Re-drawn one at a time: maps become others with the head');
    expect(await results()).toBe(before);
  });

  it('keeps what is there when it is stopped, and goes on', async () => {
    const args = ['sanity', run, '--engine', 'wasm', '--seed', '9', '--checkpoints', '3'];
    args.push('--images', '12', '--draws', '1', '--training-images', '32');
    const before = await results();
    const work = launch(args);
    while ((await results()) < before + 2) await new Promise((done) => setTimeout(done, 50));
    work.child.kill('SIGINT');
    const { code, stderr } = await work.finished;
    expect([code, stderr]).toEqual([1, expect.stringContaining('What was finished is kept') as string]);
    const kept = await results();
    expect(kept).toBeLessThan(before + 10);
    await succeed(args);
    // One of class sensitivity, and nine re-drawings.
    expect(await results()).toBe(before + 10);
  });

  it.each([
    [['--method', 'gradcam,nothing'], 'expected one of'],
    [['--randomise', '7'], 'no checkpoint of epoch 7'],
    [['--images', '29'], 'a whole number from 1 to 28'],
    [['--only', 'against'], 'against without --against'],
    [['--against', 'nowhere'], 'there is no such run'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await epochlens(['sanity', run, ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words) as string]);
  });

  it('refuses a run that cannot be compared, with what it is', async () => {
    const other = join(folder, 'other');
    const study = { ...FEW, model: { architecture: 'resnet32' } };
    await succeed(['train', await writeStudy(folder, study, 'other'), '--engine', 'wasm', '--run', other]);
    const { code, stderr: said } = await epochlens(['sanity', run, '--against', other]);
    expect([code, said]).toEqual([2, expect.stringMatching(/not of the same|no run of/) as string]);
    const { stderr } = await epochlens(['sanity', run, '--against', run]);
    expect(stderr).toContain('a run compared with itself');
  });
});
