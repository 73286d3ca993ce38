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
    const ask = (...more: string[]) => succeed(['perturb', shared, ...more], { env: slurm.env });
    expect(await ask('--status')).toMatch(
      new RegExp(`^Job ${id} of .*: {2}epochlens perturb .*\\n[^]*1/2 +${id}_0 [^]*of 2 shards done`),
    );
    const document = await expect
      .poll(() => readFile(merged, 'utf8').catch(() => ''), { timeout: 90_000, interval: 300 })
      .not.toBe('')
      .then(() => readFile(merged, 'utf8'));
    expect(document.replaceAll(shared, one)).toBe(await succeed(['perturb', one, ...words, '--json']));
    await expect.poll(() => ask('--status'), { timeout: 30_000 }).toMatch(/\n2 of 2 shards done\nPut together: {2}/);
    expect(await ask('--cancel')).toContain('2 of 2 shards done');
    expect(await succeed(['explain', shared, '--status'])).toContain('No shards of "explain" of this run');

    // Of others most wait, and are cancelled before they begin.
    const others = ['--only', '1', '--on', 'slurm', '--shards', '9', '--limit', '1', '--cpus', '1'];
    const given = await epochlens(['perturb', shared, ...words, ...others], { env: slurm.env });
    expect(given).toMatchObject({ code: 0, stdout: expect.stringContaining(`perturb ${shared} --cancel`) as string });
    // Where nobody answers, a line says so: the files may be old.
    const away = { ...slurm.env, PATH: '/nowhere', EPOCHLENS_CACHE: join(folder, 'cache') };
    const status = await epochlens(['perturb', shared, '--status'], { env: away });
    expect(status).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('Slurm has not answered so far') as string,
    });
    expect(await ask('--cancel')).toMatch(/\d of 9 shards done.*[5-9] cancelled/);
    await expect.poll(() => slurm.ask('squeue', '-h'), { timeout: 60_000 }).toBe('');
    const { jobs } = JSON.parse(await ask('--status', '--json')) as { jobs: { shards: { state: string }[] }[] };
    expect(jobs.map(({ shards }) => shards.length)).toEqual([2, 9]);
    expect(jobs[1]?.shards.map(({ state }) => state)).toContain('cancelled');
  });

  it('are checked before they are submitted', async () => {
    const folder = await temporaryFolder();
    const run = join(folder, 'run');
    await succeed(['train', await writeStudy(folder, STUDY), '--engine', 'wasm', '--run', run]);
    const on = ['--on', 'slurm', '--shards', '2'];
    const wrong = await epochlens(['perturb', run, '--only', '7', ...on], { env: slurm.env });
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--only: no such perturbation') as string });
    const dry = ['perturb', join(run, 'run.json'), ...on, '--dry-run', '--json'];
    const { job } = JSON.parse(await succeed(dry, { env: slurm.env })) as { job: { command: string[] } };
    expect(job.command).toEqual(['perturb', run]);
    const scores = await epochlens(['faithfulness', run, '--layer', 'layer9', ...on], { env: slurm.env });
    expect(scores).toMatchObject({ code: 2, stderr: expect.stringContaining('--layer') as string });
    expect(await slurm.ask('squeue', '-h')).toBe('');
    expect(await epochlens(['perturb', run, '--status', '--shard', '1/2'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--status: options that do not go together') as string,
    });
  });

  it('are not of evaluations', async () => {
    const evaluation = await epochlens(['evaluate', '--weights', 'w.onnx', '--data', 'd', '--on', 'slurm']);
    expect(evaluation).toMatchObject({ code: 2, stderr: expect.stringContaining('sbatch --array') as string });
  });
});
