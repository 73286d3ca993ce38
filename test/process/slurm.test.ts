/** A sweep that is handed to a real Slurm: done there as here, and gone on with where its time is up. */
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJobs, readTask, USUAL_TEMPLATE, writeJob, type StoredJob, type TaskFile } from '../../src/cluster';
import { listCheckpoints } from '../../src/runs';
import { readSweepState, sweepFolder } from '../../src/sweeps';
import { startSlurm, whyNoSlurm, withSlurm, type Slurm } from '../slurm';
import { epochlens, succeed, temporaryFolder, TINY, writeStudy, type Finished } from './cli';

const study = (trainCount: number, epochs: number, sweep: object): object => ({
  ...TINY,
  dataset: { kind: 'synthetic', trainCount, testCount: 20 },
  training: { ...TINY.training, epochs, learningRate: 0.01 },
  sweep: { seeds: 1, tests: 'none', ...sweep },
});
const TWO = study(30, 2, { recipes: { slow: {}, fast: { 'training.learningRate': 0.05 } } });
/** Long enough to be stopped within an epoch. */
const LONG = study(300, 1, { recipes: { slow: {} } });
const ON = ['--on', 'slurm', '--engine', 'embedded', '--cpus', '1'];

let slurm: Slurm;
beforeAll(async () => {
  if (whyNoSlurm() === undefined) slurm = await startSlurm();
});
afterAll(() => (slurm as Slurm | undefined)?.stop());

function submit(path: string, ...more: string[]): Promise<Finished> {
  return epochlens(['sweep', path, ...ON, ...more], { env: slurm.env });
}

async function jobsOf(path: string): Promise<StoredJob[]> {
  return readJobs(await sweepFolder(path));
}

async function newestJob(path: string): Promise<StoredJob> {
  const job = (await jobsOf(path)).at(-1);
  if (job === undefined) throw new Error('no job');
  return job;
}

/** The cells' states by their recipes. */
async function statesOf(path: string): Promise<Record<string, string>> {
  const cells = (await readSweepState(path))?.cells ?? [];
  return Object.fromEntries(cells.map(({ cell, state }) => [cell.recipe, state]));
}

async function until<T>(what: () => Promise<T | undefined | false>, why: string): Promise<T> {
  for (const end = performance.now() + 90_000; performance.now() < end; await setTimeout(200)) {
    const value = await what();
    if (value !== undefined && value !== false) return value;
  }
  throw new Error(`never: ${why}`);
}

async function ended(path: string, index = 0): Promise<TaskFile> {
  const { folder } = await newestJob(path);
  const task = await until(
    async () => {
      const known = await readTask(folder, index);
      return known?.state === 'ended' && known;
    },
    `task ${String(index)} ends`,
  ).catch(async (error: unknown) => {
    const logs = join(folder, 'logs');
    const texts = await Promise.all((await readdir(logs)).map((name) => readFile(join(logs, name), 'utf8')));
    throw new Error(`${String(error)}\n${await slurm.ask('squeue')}\n${texts.join('\n')}`);
  });
  return task;
}

/** Once it trains: a step is done, which only its status says. */
async function stopWithin(path: string, turn: number): Promise<void> {
  const { folder, job } = await newestJob(path);
  await until(async () => {
    const task = await readTask(folder, 0);
    const status = (await readSweepState(path))?.cells[0]?.status;
    const isNew = Date.parse(status?.startedAt ?? '') >= Date.parse(task?.startedAt ?? '');
    return task?.restarts === turn && task.state === 'running' && isNew && (status?.step ?? 0) > 0;
  }, 'it trains');
  const { jobId } = (await readTask(folder, 0))!;
  await slurm.ask('scancel', '--signal=USR2', '--batch', `${jobId}_0`);
  expect(job.kind).toBe('cells');
}

/** Each cell's checkpoints, by its recipe. */
async function checkpointsOf(path: string): Promise<Record<string, string[]>> {
  const cells = (await readSweepState(path))?.cells ?? [];
  const bytes = async (run: string): Promise<string[]> =>
    Promise.all((await listCheckpoints(run)).map(async (each) => (await readFile(each.path)).toString('base64')));
  return Object.fromEntries(
    await Promise.all(cells.map(async ({ cell, run = '' }) => [cell.recipe, await bytes(run)] as const)),
  );
}

describe.skipIf(whyNoSlurm() !== undefined)(withSlurm('a sweep on Slurm'), () => {
  let folder: string;
  beforeAll(async () => {
    folder = join(await temporaryFolder(), 'a b');
    await mkdir(folder);
  });

  it('is done there as here, to the bit, and submitted once', async () => {
    const path = await writeStudy(folder, TWO, 'two');
    const shown = await submit(path, '--dry-run', '--limit', '1', '--time', '01:00:00');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('#SBATCH --time=01:00:00\n') as string });
    expect(shown.stdout).toContain('#SBATCH --array=0-1%1\n');
    expect(shown.stdout).not.toMatch(/partition|\{\{/);
    expect(await readdir(folder)).toEqual(['two.epochlens.json']);

    expect((await submit(path)).stdout).toMatch(/Submitted 2 cells to Slurm as job \d+/);
    // Cut short after Slurm had got it: it is found by its name, and not submitted again.
    const { folder: own, job } = await newestJob(path);
    await writeJob(own, { ...job, id: null });
    expect((await submit(path)).stdout).toContain('Nothing to submit');
    expect((await newestJob(path)).job).toEqual(job);
    const local = await writeStudy(await temporaryFolder(), TWO, 'two');
    await succeed(['sweep', local, '--engine', 'embedded']);
    expect([await ended(path, 0), await ended(path, 1)]).toMatchObject([{ restarts: 0 }, { restarts: 0 }]);
    expect(await statesOf(path)).toEqual({ slow: 'done', fast: 'done' });
    expect(await checkpointsOf(path)).toEqual(await checkpointsOf(local));
    expect((await checkpointsOf(path))['slow']).toHaveLength(3);
    expect((await jobsOf(path)).map(({ job }) => job.tasks.length)).toEqual([2]);
    // What is there is gone on with here, and nothing is trained twice.
    expect(await succeed(['sweep', path, '--engine', 'embedded'])).toContain('2 of 2 done');
    expect(await readdir(join(folder, '.epochlens', 'runs', 'two'))).toHaveLength(2);
  });

  it('goes on after its time is up: requeued, and chained where that is forbidden; in the end the same bits', async () => {
    const local = await writeStudy(await temporaryFolder(), LONG, 'long');
    const requeued = await writeStudy(folder, LONG, 'long');
    await submit(requeued);
    await stopWithin(requeued, 0);
    expect(await ended(requeued)).toMatchObject({ restarts: 1, jobId: (await newestJob(requeued)).job.id });

    const chained = await writeStudy(folder, { ...LONG, name: 'chained' }, 'chained');
    const template = join(folder, 'slurm.epochlens.sh');
    await writeFile(template, USUAL_TEMPLATE.replace('#SBATCH --requeue', '#SBATCH --no-requeue'));
    await submit(chained);
    await stopWithin(chained, 0);
    const task = await ended(chained);
    expect(task.restarts).toBe(1);
    expect(Number(task.jobId)).toBeGreaterThan(Number((await newestJob(chained)).job.id));

    await succeed(['sweep', local, '--engine', 'embedded']);
    expect(await statesOf(requeued)).toEqual({ slow: 'done' });
    expect(await checkpointsOf(requeued)).toEqual(await checkpointsOf(local));
    expect(await checkpointsOf(chained)).toEqual(await checkpointsOf(local));
    expect(await readdir(join(folder, '.epochlens', 'runs', 'long'))).toHaveLength(1);
  });

  it('is given up, with advice, after as many turns as it may have; a cancelled one does not come back', async () => {
    const path = await writeStudy(folder, { ...LONG, name: 'limited' }, 'limited');
    await submit(path, '--requeues', '0');
    await stopWithin(path, 0);
    expect(await ended(path)).toMatchObject({
      restarts: 0,
      error: expect.stringMatching(/begun 0 times anew.*--time/) as string,
    });
    await submit(path, '--cell', 'slow');
    const { job, folder: own } = await newestJob(path);
    await until(async () => (await readTask(own, 0))?.state === 'running', 'it runs');
    // Its own scheduler requeues it, which is no cancelling.
    await slurm.ask('scontrol', 'requeue', `${job.id ?? ''}_0`);
    await until(async () => {
      const task = await readTask(own, 0);
      return task?.restarts === 1 && task.state === 'running';
    }, 'it goes on');
    await slurm.ask('scancel', job.id ?? '');
    await until(async () => !(await slurm.ask('squeue', '-h')).includes(job.name.slice(0, 8)), 'it is gone');
    expect(await readTask(own, 0)).toMatchObject({ state: 'ended', error: 'It was cancelled.' });
  });

  it('is submitted over ssh to a host that sees the same files, and not to one that does not', async () => {
    const bin = await temporaryFolder();
    const path = await writeStudy(folder, { ...TWO, name: 'remote' }, 'remote');
    // Runs what it is given here, as sshd does there: in the person's shell, in another folder.
    const ssh = async (body: string): Promise<NodeJS.ProcessEnv> => {
      await writeFile(join(bin, 'ssh'), `#!/bin/sh\n[ "$5" = user@login ] || exit 255\ncd /\n${body}\n`);
      await chmod(join(bin, 'ssh'), 0o755);
      return { ...slurm.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    };
    const local = join(bin, 'copies');
    const over = async (body: string): Promise<Finished> =>
      epochlens(['sweep', path, ...ON, '--host', 'user@login', '--node-local', local], { env: await ssh(body) });
    expect(await over('case "$6" in *cat*) echo other ;; *) exec sh -c "$6" ;; esac')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('user@login does not see this folder') as string,
    });
    expect(await over('echo "ssh: connect to host login: timed out" >&2; exit 255')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/user@login does not answer to ssh: found ssh: connect.*try ssh/) as string,
    });
    expect(await over('exit 127')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no sbatch on user@login') as string,
    });
    expect(await jobsOf(path)).toEqual([]);
    expect(await over('exec sh -c "$6"')).toMatchObject({ code: 0 });
    expect((await newestJob(path)).job).toMatchObject({ host: 'user@login', id: expect.any(String) as string });
    await Promise.all([ended(path, 0), ended(path, 1)]);
    expect(await statesOf(path)).toEqual({ slow: 'done', fast: 'done' });
    // Both tasks ran the node's own copy, which one of them has made.
    expect(await readdir(local)).toEqual([expect.stringMatching(/^epochlens-[\d.]+-[0-9a-f]{12}$/)]);
  });

  it('submits nothing where something is wrong, and says what in a line', async () => {
    const own = await temporaryFolder();
    const path = await writeStudy(own, TWO, 'two');
    const refused = async (expected: RegExp, options = {}, ...more: string[]): Promise<void> => {
      const { code, stderr } = await epochlens(['sweep', path, ...ON, ...more], { env: slurm.env, ...options });
      expect(code).not.toBe(0);
      expect(stderr).toMatch(expected);
      expect(
        stderr
          .trim()
          .split('\n')
          .filter((line) => !/share memory/.test(line)),
      ).toHaveLength(1);
      expect(await jobsOf(path)).toEqual([]);
    };
    await refused(/there is no sbatch on this machine.*--host/, { env: { ...slurm.env, PATH: '/nowhere' } });
    await refused(/sbatch on this machine failed.*partition/, {}, '--partition', 'none');
    await refused(/not a time: found "soon"/, {}, '--time', 'soon');
    await refused(/not an amount of memory: found "much"/, {}, '--memory', 'much');
    const template = join(own, 'slurm.epochlens.sh');
    await writeFile(template, USUAL_TEMPLATE.replace('{{partition}}', '{{partitoin}}'));
    await refused(
      /slurm\.epochlens\.sh, line 9: an unknown placeholder: found \{\{partitoin\}\}, expected .*\{\{partition\}\}/,
    );
    await writeFile(template, USUAL_TEMPLATE.replace('{{array}}', '0-1'));
    await refused(/a placeholder is missing: found no \{\{array\}\}/);
    const { code, stderr } = await epochlens(['sweep', path, '--limit', '3']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--on slurm')]);
    await writeStudy(own, { ...TWO, dataset: { kind: 'cifar10', folder: 'absent' } }, 'two');
    await refused(/no CIFAR-10 in .*absent.*--download/);
    expect(await slurm.ask('squeue', '-h')).toBe('');
  });
});
