/** A sweep that is handed to a real Slurm: done there as here, and gone on with where its time is up. */
import { chmod, cp, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobPaths, readTask, USUAL_TEMPLATE, writeJob } from '../../src/cluster';
import { runHolder, runPaths } from '../../src/runs';
import { sweepFolder, sweepPaths } from '../../src/sweeps';
import { memoryGroups, startSlurm, whyNoOwnHostname, whyNoSlurm, withSlurm, type Slurm } from '../slurm';
import { dist, epochlens, succeed, temporaryFolder, TINY, writeStudy, type Finished } from './cli';
import {
  cellsOf,
  checkpointsOf,
  ended,
  firstTask,
  jobsOf,
  newestJob,
  statesOf,
  stopWithin,
  submit,
  trainsIn,
  until,
} from './slurmSweep';

/** Long enough to be stopped within an epoch. */
const STUDY = {
  ...TINY,
  dataset: { kind: 'synthetic', trainCount: 400, testCount: 20 },
  training: { ...TINY.training, epochs: 1, learningRate: 0.01 },
  sweep: { recipes: { slow: {}, fast: { 'training.learningRate': 0.05 } }, seeds: 1, tests: 'none' },
};
const SLOW = ['--cell', 'slow'];
const isLong = process.env['EPOCHLENS_LONG'] === '1';

describe.skipIf(whyNoSlurm() !== undefined)(withSlurm('a sweep on Slurm'), () => {
  let slurm: Slurm;
  /** The same sweep, trained on this machine without Slurm. */
  let local: string;
  beforeAll(async () => {
    slurm = await startSlurm();
    local = await writeStudy(await temporaryFolder(), STUDY);
    await succeed(['sweep', local, '--engine', 'embedded']);
  });
  afterAll(() => slurm.stop());

  /** A study in a folder of its own, whose template is changed. */
  async function studyWith(study: object = STUDY, change: [string, string] = ['', '']): Promise<string> {
    const folder = join(await temporaryFolder(), 'a b');
    await mkdir(folder);
    await writeFile(join(folder, 'slurm.epochlens.sh'), USUAL_TEMPLATE.replace(...change));
    return writeStudy(folder, study);
  }

  it('is done there as here, to the bit, and submitted once', async () => {
    const folder = join(await temporaryFolder(), 'a b');
    await mkdir(folder);
    const path = await writeStudy(folder, STUDY);
    const bin = await temporaryFolder();
    // Runs what it is given here, as sshd does there: in the person's shell, in another folder.
    await writeFile(join(bin, 'ssh'), '#!/bin/sh\n[ "$5" = user@login ] || exit 255\ncd /\nexec sh -c "$6"\n');
    await chmod(join(bin, 'ssh'), 0o755);
    const copies = join(bin, 'copies');
    const words = ['--host', 'user@login', '--node-local', copies];
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    const over = async (...more: string[]): Promise<Finished> => submit(slurm, path, [...words, ...more], env);
    const shown = await over('--dry-run', '--limit', '1', '--time', '60');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('#SBATCH --time=01:00:00\n') as string });
    expect(shown.stdout).toContain('#SBATCH --array=0-1%1\n');
    expect(shown.stdout).not.toMatch(/partition|\{\{/);
    expect(await readdir(folder)).toEqual(['tiny.epochlens.json']);

    // An update removes what it was submitted by, as that of an extension does, while its tasks wait.
    const extension = join(bin, 'extensions', 'epochlens-0.1.0');
    await cp(dist, extension, { recursive: true, filter: (name) => !name.endsWith('.map') });
    const submitted = await submit(slurm, path, words, env, join(extension, 'cli.js'));
    expect(submitted.stdout).toMatch(/Submitted 2 cells to Slurm as job \d+/);
    await rm(join(bin, 'extensions'), { recursive: true });
    // Cut short after Slurm had got it: it is found by its name, and not submitted again.
    const { folder: own, job } = await newestJob(path);
    expect(job.host).toBe('user@login');
    await writeJob(own, { ...job, id: null });
    expect((await over()).stdout).toContain('Nothing to submit');
    expect((await newestJob(path)).job).toEqual(job);
    expect([await ended(slurm, path, 0), await ended(slurm, path, 1)]).toMatchObject([
      { restarts: 0 },
      { restarts: 0 },
    ]);
    expect(await statesOf(path)).toEqual({ slow: 'done', fast: 'done' });
    expect(await checkpointsOf(path)).toEqual(await checkpointsOf(local));
    expect((await checkpointsOf(path))['slow']).toHaveLength(2);
    expect((await jobsOf(path)).map(({ job: each }) => each.tasks.length)).toEqual([2]);
    // Both tasks ran the node's own copy, which one of them has made.
    expect(await readdir(copies)).toEqual([expect.stringMatching(/^epochlens-[\d.]+-[0-9a-f]{12}$/)]);
    // What is there is gone on with here, and nothing is trained twice.
    expect(await succeed(['sweep', path, '--engine', 'embedded'])).toContain('2 of 2 done');
    expect(await readdir(join(folder, '.epochlens', 'runs', 'tiny'))).toHaveLength(2);
  });

  it('goes on after its time is up: requeued, and chained where that is forbidden; in the end the same bits', async () => {
    const requeued = await studyWith();
    const chained = await studyWith(STUDY, ['#SBATCH --requeue', '#SBATCH --no-requeue']);
    await submit(slurm, requeued, SLOW);
    await submit(slurm, chained, SLOW);
    await Promise.all([requeued, chained].map((path) => stopWithin(slurm, path)));
    // The controller is away while they ask to be requeued: they ask again.
    await slurm.stopController();
    await setTimeout(4000);
    await slurm.startController();
    expect(await ended(slurm, requeued)).toMatchObject({ restarts: 1, jobId: (await newestJob(requeued)).job.id });
    const task = await ended(slurm, chained);
    expect(task.restarts).toBe(1);
    expect(Number(task.jobId)).toBeGreaterThan(Number((await newestJob(chained)).job.id));
    const { slow } = await checkpointsOf(local);
    for (const path of [requeued, chained]) {
      expect(await statesOf(path)).toMatchObject({ slow: 'done' });
      expect(await checkpointsOf(path)).toEqual({ slow });
      const [run = ''] = (await cellsOf(path)).flatMap((cell) => cell.run ?? []);
      expect(await readFile(join(run, 'log.txt'), 'utf8')).toMatch(/Going on at step \d+ of 40 of epoch 1/);
      expect(await readdir(join(run, '..'))).toHaveLength(1);
    }
  });

  it('is given up, with advice, after as many turns as it may have; a cancelled one does not come back', async () => {
    const limited = await studyWith();
    // Which would not be over before it is cancelled, however fast the machine is.
    const cancelled = await studyWith({ ...STUDY, dataset: { ...STUDY.dataset, trainCount: 3000 } });
    await submit(slurm, limited, [...SLOW, '--requeues', '0']);
    await submit(slurm, cancelled, SLOW);
    await stopWithin(slurm, limited);
    await trainsIn(cancelled, 0);
    // Its own scheduler requeues it, which is no cancelling.
    await slurm.ask('scontrol', 'requeue', await firstTask(cancelled));
    expect(await ended(slurm, limited)).toMatchObject({
      restarts: 0,
      error: expect.stringMatching(/its turn was over.*--time/) as string,
    });
    await trainsIn(cancelled, 1);
    const { job } = await newestJob(cancelled);
    await slurm.ask('scancel', job.id ?? '');
    expect(await ended(slurm, cancelled)).toMatchObject({ restarts: 1, error: 'It was cancelled.' });
    await until(async () => !(await slurm.ask('squeue', '-h', '-o', '%j')).includes(job.name), 'it is gone');
  });

  const why = whyNoSlurm() ?? whyNoOwnHostname();
  const takesOver = 'takes its cell and run over at once, on another node, after its own has failed';
  it.skipIf(why !== undefined)(why === undefined ? takesOver : `${takesOver} (${why})`, async () => {
    // Each node has a name of its own, as where they are machines: a process of the other one cannot be asked after.
    const onNode = join(await temporaryFolder(), 'on-node');
    await writeFile(onNode, `#!/bin/sh\nexec unshare --uts sh -c 'hostname "$SLURMD_NODENAME" && exec "$@"' sh "$@"\n`);
    await chmod(onNode, 0o755);
    const path = await studyWith(STUDY, ['\ncontainer=\n', `\ncontainer=${onNode}\n`]);
    await submit(slurm, path, SLOW);
    await trainsIn(path, 0);
    const { folder, job } = await newestJob(path);
    const id = await firstTask(path);
    const before = (await readTask(folder, 0))!;
    const cell = (await cellsOf(path)).find(({ cell: each }) => each.id === job.tasks[0])!;
    const holder = await runHolder(sweepPaths(await sweepFolder(path)).cell(cell.cell.id));
    expect(holder?.owner.host).toBe(before.node);
    // As where power fails: nobody tidies up.
    for (const pid of [holder?.owner.pid, cell.status?.pid]) process.kill(pid!, 'SIGKILL');
    await until(async () => (await slurm.ask('scontrol', 'show', 'job', id)).includes('JobState=FAILED'), 'it fails');
    await slurm.ask('scontrol', 'requeue', id);
    await slurm.ask('scontrol', 'update', `JobId=${id}`, `ExcNodeList=${before.node}`);
    const task = await ended(slurm, path);
    expect(task).toMatchObject({ restarts: 1, node: before.node === 'n1' ? 'n2' : 'n1' });
    expect(task.error).toBeUndefined();
    expect(await readFile(jobPaths(folder).log(0), 'utf8')).not.toContain('waiting');
    expect((await checkpointsOf(path))['slow']).toEqual((await checkpointsOf(local))['slow']);
  });

  const groups = memoryGroups() ?? '';
  const isKilled = 'is out of memory where the kernel kills its training alone, and is told what to ask for';
  it.skipIf(groups === '')(groups === '' ? `${isKilled} (skipped without control groups)` : isKilled, async () => {
    const group = join(groups, `epochlens-test-${String(process.pid)}`);
    await mkdir(group);
    const inGroup = join(await temporaryFolder(), 'in-group');
    await writeFile(inGroup, `#!/bin/sh\necho $$ > ${group}/cgroup.procs\nexec "$@"\n`);
    await chmod(inGroup, 0o755);
    const large = { ...STUDY, training: { ...STUDY.training, batchSize: 256 } };
    const path = await studyWith(large, ['\ncontainer=\n', `\ncontainer=${inGroup}\n`]);
    await submit(slurm, path, SLOW);
    // It takes no more than its group leaves: the group is made smaller once it has looked, and before its first step.
    const isBegun = async (): Promise<boolean> => {
      const run = (await cellsOf(path)).find((each) => each.run !== undefined)?.run;
      const said = run === undefined ? '' : await readFile(runPaths(run).log, 'utf8').catch(() => '');
      return said.includes('Training into');
    };
    await until(isBegun, 'it begins');
    await writeFile(join(group, 'memory.limit_in_bytes'), String(700 * 2 ** 20));
    const task = await ended(slurm, path);
    await until(
      () =>
        rmdir(group)
          .then(() => true)
          .catch(() => false),
      'nothing of it is left',
    );
    expect(task).toMatchObject({ killed: 'outOfMemory' });
    const cell = (await cellsOf(path)).find((each) => each.task !== undefined);
    expect(cell).toMatchObject({ state: 'failed', task: { state: 'outOfMemory' } });
    expect(cell?.error).toMatch(
      /^It ran out of memory on n[12]\. Retry with more by --memory, or with smaller batches/,
    );
    const { stderr } = await epochlens(['sweep', path, '--retry', '--on', 'slurm', '--dry-run'], { env: slurm.env });
    expect(stderr).toMatch(/^1 cell ran out of memory: give more by --memory, or smaller batches\.$/m);
  });

  it.skipIf(!isLong)(
    isLong ? 'crosses a limit of one minute as often as it must' : 'crosses a limit of one minute (EPOCHLENS_LONG=1)',
    async () => {
      const long = { ...STUDY, dataset: { kind: 'synthetic', trainCount: 6000, testCount: 20 } };
      const path = await studyWith(long);
      const alone = await writeStudy(await temporaryFolder(), long);
      await submit(slurm, path, [...SLOW, '--time', '1']);
      await succeed(['sweep', alone, '--engine', 'embedded', ...SLOW]);
      const task = await ended(slurm, path, 0, 30);
      expect(task.error).toBeUndefined();
      expect(task.restarts).toBeGreaterThanOrEqual(2);
      console.log(`${String(task.restarts + 1)} turns`);
      expect(await checkpointsOf(path)).toEqual(await checkpointsOf(alone));
    },
    60 * 60_000,
  );
});
