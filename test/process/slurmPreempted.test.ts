/** A task that makes room for others on a real Slurm: it keeps its step, and goes on once there is room. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSlurm, whyNoSlurm, withSlurm, type Slurm } from '../slurm';
import { succeed, temporaryFolder, TINY, writeStudy } from './cli';
import { cellsOf, checkpointsOf, ended, statesOf, submit, trainsIn, until } from './slurmSweep';

/** Long enough to be stopped within its epoch, however fast the machine is. */
const STUDY = {
  ...TINY,
  dataset: { kind: 'synthetic', trainCount: 1000, testCount: 20 },
  training: { ...TINY.training, epochs: 1, learningRate: 0.01 },
  sweep: { recipes: { only: {} }, seeds: 1, tests: 'none' },
};

describe.skipIf(whyNoSlurm() !== undefined)(withSlurm('a sweep on Slurm that makes room'), () => {
  let slurm: Slurm;
  beforeAll(async () => (slurm = await startSlurm({ preempts: true })));
  afterAll(() => slurm.stop());

  it('waits for those that come first, and goes on to the same bits', async () => {
    const path = await writeStudy(await temporaryFolder(), STUDY);
    const alone = await writeStudy(await temporaryFolder(), STUDY);
    await submit(slurm, path, ['--memory', 'none']);
    await trainsIn(path, 0);
    await slurm.ask('scontrol', 'create', 'partition=urgent', 'nodes=n1,n2', 'prioritytier=2');
    await slurm.ask('sbatch', '--partition=urgent', '--exclusive', '--nodes=2', '--output=/dev/null', '--wrap=sleep 5');
    const waiting = await until(
      async () => (await cellsOf(path)).find(({ task }) => task?.state === 'requeued')?.task,
      'it makes room',
    );
    expect(waiting).toMatchObject({ restarts: 0 });
    expect(await readFile(waiting.log, 'utf8')).toMatch(/DUE TO PREEMPTION/);
    expect(await ended(slurm, path)).toMatchObject({ restarts: 1 });
    expect(await statesOf(path)).toEqual({ only: 'done' });
    await succeed(['sweep', alone, '--engine', 'embedded']);
    expect(await checkpointsOf(path)).toEqual(await checkpointsOf(alone));
    const [run = ''] = (await cellsOf(path)).flatMap((cell) => cell.run ?? []);
    expect(await readFile(join(run, 'log.txt'), 'utf8')).toMatch(/Going on at step \d+ of \d+ of epoch 1/);
  });
});
