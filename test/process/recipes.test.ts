/** All training recipes in one study: killed and gone on with, the embedded engine gives the same bytes as without. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkpointPath, readMetrics } from '../../src/runs';
import { epochlens, launch, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const STUDY = {
  ...TINY,
  dataset: { ...TINY.dataset, trainCount: 24 },
  training: {
    ...TINY.training,
    epochs: 2,
    batchSize: 8,
    microBatchSize: 4,
    augmentation: 'flipCrop',
    warmupEpochs: 1,
    schedule: { kind: 'step', milestones: [1], factor: 0.5 },
    nesterov: true,
    labelSmoothing: 0.1,
    ema: { decay: 0.8 },
    mixup: { alpha: 0.4 },
    adversarial: { kind: 'pgd', epsilon: '4/255', steps: 2 },
  },
};

it('goes on after a kill to the same bytes, and tells its recipe', async () => {
  const folder = await temporaryFolder();
  const study = await writeStudy(folder, STUDY);
  const [whole, killed] = [join(folder, 'whole'), join(folder, 'killed')];
  const said = await epochlens(['train', study, '--engine', 'wasm', '--run', whole]);
  expect(said.code, said.stderr).toBe(0);
  for (const word of ['Nesterov', 'labels smoothed by 0.1', 'decay 0.8', 'mixup with α = 0.4', 'PGD (Madry'])
    expect(said.stderr).toContain(word);
  const training = launch(['train', study, '--engine', 'wasm', '--run', killed, '--json']);
  await training.said('"epoch":2,"epochs":2,"step":2,');
  training.child.kill('SIGKILL');
  await training.finished;
  await succeed(['train', study, '--engine', 'wasm', '--run', killed, '--resume']);
  const files = [
    (run: string) => checkpointPath(run, 2),
    (run: string) => join(run, 'resume', 'velocity-002.safetensors'),
  ];
  for (const file of files) expect((await readFile(file(killed))).equals(await readFile(file(whole)))).toBe(true);
  const metrics = await readMetrics(killed);
  expect(metrics.map(({ attackedImages }) => attackedImages)).toEqual([20, 20, 20]);
});
