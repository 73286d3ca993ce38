/** Every augmentation in one training, in the thread that makes the expensive ones: it can be gone on with. */
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkpointPath } from '../../src/runs';
import { dist as built, epochlens, launch, readJson, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const STUDY = {
  ...TINY,
  dataset: { ...TINY.dataset, trainCount: 64 },
  training: {
    ...TINY.training,
    batchSize: 8,
    augmentation: ['flipCrop', { kind: 'cutout', size: 8 }, 'randomErasing', 'augmix', 'perturbations'],
  },
  perturbations: [{ kind: 'gaussianNoise', standardDeviation: 0.1, rounds: 1, images: 5 }],
};

describe('a training on every augmentation', () => {
  let folder: string;
  let study: string;
  let whole: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    study = await writeStudy(folder, STUDY);
    whole = join(folder, 'whole');
    await succeed(['train', study, '--engine', 'wasm', '--run', whole]);
  });

  const weights = (run: string): Promise<string> => readFile(checkpointPath(run, 2), 'base64');

  it('says in run.json what was trained on', async () => {
    const { study: trained } = await readJson<{ study: { training: { augmentation: unknown[] } } }>(
      join(whole, 'run.json'),
    );
    expect(trained.training.augmentation).toEqual([
      { kind: 'flipCrop', padding: 4 },
      { kind: 'cutout', size: 8 },
      { kind: 'randomErasing', probability: 0.5, area: [0.02, 0.33], aspect: [0.3, 3.3], fill: 'mean' },
      { kind: 'augmix', width: 3, depth: -1, severity: 3, alpha: 1 },
      { kind: 'perturbations', probability: 0.5, of: [{ kind: 'gaussianNoise', standardDeviation: 0.1 }] },
    ]);
  });

  it('that was killed goes on to the same bytes', async () => {
    const run = join(folder, 'killed');
    const training = launch(['train', study, '--engine', 'wasm', '--run', run, '--json']);
    await training.said('"epoch":2,"epochs":2,"step":2,');
    training.child.kill('SIGKILL');
    await training.finished;
    await succeed(['train', study, '--engine', 'wasm', '--run', run, '--resume']);
    expect(await weights(run)).toBe(await weights(whole));
  });

  it('without a thread gives the same bytes', async () => {
    const dist = join(folder, 'dist');
    await cp(built, dist, { recursive: true });
    await rm(join(dist, 'augment.js'));
    const run = join(folder, 'threadless');
    const { code, stderr } = await epochlens(['train', study, '--engine', 'wasm', '--run', run], {
      program: join(dist, 'cli.js'),
    });
    expect(code, stderr).toBe(0);
    expect(await weights(run)).toBe(await weights(whole));
  });

  it('on perturbations of a study that has none is refused before it starts', async () => {
    const { code, stderr } = await epochlens([
      'train',
      await writeStudy(folder, { ...STUDY, perturbations: [] }, 'none'),
      '--engine',
      'wasm',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/training\.augmentation\[?\.?4.*there are no perturbations to train on/);
  });
});
