/** Shards that a real Slurm computes, and the last of them puts together. */
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSlurm, whyNoSlurm, withSlurm, type Slurm } from '../slurm';
import { epochlens, succeed, temporaryFolder, writeStudy } from './cli';

const STUDY = {
  dataset: { kind: 'synthetic', trainCount: 16, testCount: 40 },
  model: { architecture: 'resnet20' },
  training: { epochs: 1, batchSize: 16 },
  perturbations: [
    { kind: 'gaussianNoise', rounds: 1 },
    { kind: 'rotation', rounds: 1 },
  ],
};

describe.skipIf(whyNoSlurm() !== undefined)(withSlurm('shards on Slurm'), () => {
  let slurm: Slurm;
  beforeAll(async () => {
    slurm = await startSlurm();
  });
  afterAll(() => (slurm as Slurm | undefined)?.stop());

  it('are put together by the last of them, to the bytes of one process', async () => {
    const folder = await temporaryFolder();
    const [one, shared] = [join(folder, 'one'), join(folder, 'shared')];
    await succeed(['train', await writeStudy(folder, STUDY), '--engine', 'wasm', '--run', one]);
    await cp(one, shared, { recursive: true });
    const words = ['--checkpoints', '1', '--engine', 'wasm'];
    const on = ['--on', 'slurm', '--shards', '2', '--cpus', '1'];
    const hand = (...more: string[]) => epochlens(['perturb', shared, ...words, ...on, ...more], { env: slurm.env });

    const shown = await hand('--dry-run');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('#SBATCH --array=0-1\n') as string });
    expect(await slurm.ask('squeue', '-h')).toBe('');

    const submitted = await hand('--json');
    expect(submitted.code).toBe(0);
    const { id, merged } = JSON.parse(submitted.stdout) as { id: string; merged: string };
    expect(id).toMatch(/^\d+$/);
    expect((await hand()).stderr).toContain('the scheduler has this command already');
    const document = await expect
      .poll(() => readFile(merged, 'utf8').catch(() => ''), { timeout: 90_000, interval: 300 })
      .not.toBe('')
      .then(() => readFile(merged, 'utf8'));
    expect(document.replaceAll(shared, one)).toBe(await succeed(['perturb', one, ...words, '--json']));
  });

  it('are not of evaluations', async () => {
    const evaluation = await epochlens(['evaluate', '--weights', 'w.onnx', '--data', 'd', '--on', 'slurm']);
    expect(evaluation).toMatchObject({ code: 2, stderr: expect.stringContaining('sbatch --array') as string });
  });
});
