/**
 * A real Slurm of two nodes, and jobs of plain shell scripts, whose tasks say nothing of themselves: what is known of
 * them is what the scheduler says, and how often it is asked is counted.
 */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobFolder, jobPaths, readJob, writeJob } from '../../src/cluster/jobFolder';
import type { JobFile } from '../../src/cluster/jobFile';
import { cancelTasks, holdTasks, releaseTasks } from '../../src/cluster/scheduler/controlTasks';
import { lookAtScheduler } from '../../src/cluster/scheduler/lookAtScheduler';
import { schedulerProblem } from '../../src/cluster/scheduler/problem';
import type { TaskProgress } from '../../src/cluster/taskProgress';
import { tasksOf } from '../../src/cluster/tasksOf';
import { startSlurm, whyNoSlurm, withSlurm, type Slurm } from '../slurm';
import { epochlens, temporaryFolder, TINY, writeStudy } from './cli';

const SECONDS = 1;

let slurm: Slurm;
let folder: string;
let calls: string;
const before = { ...process.env };

/** What each task does, by its index. */
const SCRIPT = `#!/bin/bash
case $SLURM_ARRAY_TASK_ID in
  0) exit 0 ;;
  1) exit 3 ;;
  2) kill -9 $$ ;;
  *) sleep 600 ;;
esac
`;

/** Hands a job over as the submission does: its file first without a number, and then with it. */
async function submit(name: string, count: number, ...words: string[]): Promise<JobFile> {
  const job: JobFile = {
    format: 1,
    name: `epochlens-${name}`,
    scheduler: 'slurm',
    host: null,
    id: null,
    kind: 'cells',
    studyFile: join(folder, 's.epochlens.json'),
    tasks: Array.from({ length: count }, (_, index) => `${name}/${String(index)}`),
    engine: 'embedded',
    requeues: 0,
    memoryBytes: null,
    time: '00:10:00',
    submittedAt: new Date().toISOString(),
  };
  const own = jobFolder(folder, job.name);
  await writeJob(own, job);
  const script = jobPaths(own).script;
  await writeFile(script, SCRIPT);
  const id = await slurm.ask(
    'sbatch',
    '--parsable',
    `--job-name=${job.name}`,
    `--array=0-${String(count - 1)}`,
    '--cpus-per-task=1',
    `--output=${jobPaths(own).logs}/%a.txt`,
    ...words,
    script,
  );
  const whole = { ...job, id: id.trim() };
  await writeJob(own, whole);
  return whole;
}

async function taskOf(what: string): Promise<TaskProgress | undefined> {
  return (await tasksOf(folder)).get(what);
}

/** Looks until the task is so. */
async function until(what: string, isSo: (task: TaskProgress) => boolean): Promise<TaskProgress> {
  for (let attempt = 0; attempt < 100; attempt++) {
    await lookAtScheduler(folder);
    const task = await taskOf(what);
    if (task !== undefined && isSo(task)) return task;
    await setTimeout(300);
  }
  throw new Error(`${what} is ${JSON.stringify(await taskOf(what))}`);
}

const is =
  (...states: TaskProgress['state'][]) =>
  (task: TaskProgress): boolean =>
    states.includes(task.state);

const said = async (): Promise<string[]> => (await readFile(calls, 'utf8').catch(() => '')).split('\n').filter(Boolean);

/** Programs of Slurm's names before its own in PATH, which note each call. */
async function countCalls(): Promise<void> {
  const bin = await temporaryFolder();
  calls = join(bin, 'calls');
  for (const name of ['squeue', 'scontrol', 'sacct', 'scancel']) {
    const path = join(bin, name);
    await writeFile(path, `#!/bin/bash\necho "$(date +%s.%N) ${name} $*" >> ${calls}\nexec /usr/bin/${name} "$@"\n`);
    await chmod(path, 0o755);
  }
  process.env['PATH'] = `${bin}:${process.env['PATH'] ?? ''}`;
}

/** Until MinJobAge is over for all. */
async function untilForgotten(): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if ((await slurm.ask('squeue', '-h', '--states=all')) === '') return;
    await setTimeout(300);
  }
}

describe.skipIf(whyNoSlurm() !== undefined)(withSlurm('tasks that say nothing of themselves'), () => {
  beforeAll(async () => {
    slurm = await startSlurm({ minJobAge: 5 });
    folder = join(await temporaryFolder(), '.epochlens', 'sweeps', 's');
    await mkdir(folder, { recursive: true });
    await countCalls();
    Object.assign(process.env, slurm.env, {
      EPOCHLENS_CACHE: await temporaryFolder(),
      EPOCHLENS_SCHEDULER_SECONDS: String(SECONDS),
    });
  });

  afterAll(async () => {
    process.env = before;
    await slurm.stop();
  });

  it('end, fail, run and wait as Slurm says, with their codes, nodes and reasons', async () => {
    await submit('a', 9, '--no-requeue');
    expect(await taskOf('a/0')).toMatchObject({ state: 'queued', why: expect.stringMatching(/handed over/) as string });
    const failed = await until('a/1', is('failed'));
    expect(failed).toMatchObject({
      why: expect.stringMatching(/failed on n[12] with exit code 3\. See its log/) as string,
    });
    expect((await until('a/2', is('failed'))).why).toMatch(/It was killed on n[12], perhaps for want of memory\./);
    const running = await until('a/3', is('running'));
    expect(running).toMatchObject({ node: expect.stringMatching(/^n[12]$/) as string, restarts: 0 });
    expect(await until('a/8', is('queued'))).toMatchObject({ why: 'It waits for free resources.' });
  });

  it('are held and let go', async () => {
    const waiting = await until('a/8', is('queued'));
    await holdTasks([waiting]);
    await until('a/8', ({ why }) => why?.includes('held') === true);
    await releaseTasks([waiting]);
    await until('a/8', ({ why }) => why?.includes('held') === false);
  });

  it('are cancelled one by one, also where one is not in the queue any more', async () => {
    const tasks = await tasksOf(folder);
    const meant = ['a/1', 'a/3', 'a/8'].flatMap((what) => tasks.get(what) ?? []);
    await cancelTasks(meant);
    expect(await taskOf('a/8')).toMatchObject({ state: 'cancelled' });
    expect(await until('a/3', is('cancelled'))).toMatchObject({ why: 'It was cancelled.' });
    expect(await until('a/4', is('running'))).toMatchObject({ state: 'running' });
    // Slurm agrees.
    const queue = await slurm.ask('squeue', '-r', '-h', '-o', '%K %T');
    expect(queue).not.toMatch(/^[38] (PENDING|RUNNING)/m);
  });

  it('that Slurm forgets stay as they were; those that nobody had looked at are lost, and not at the first look', async () => {
    await cancelTasks([...(await tasksOf(folder)).values()].filter(is('queued', 'running')));
    await submit('b', 2, '--no-requeue');
    await until('b/1', is('failed'));
    const { id } = await submit('c', 4);
    await slurm.ask('scancel', '--full', id ?? '');
    await untilForgotten();
    await lookAtScheduler(folder);
    expect(await taskOf('c/3')).toMatchObject({ state: 'queued' });
    expect(await until('c/3', is('lost'))).toMatchObject({
      why: expect.stringMatching(/gone from the queue.*--retry/) as string,
    });
    expect(await taskOf('a/1')).toMatchObject({ state: 'failed', why: expect.stringMatching(/code 3/) as string });
    expect(await taskOf('b/1')).toMatchObject({ state: 'failed' });
    // There is no accounting here: that is found out once. Nothing goes on, and nothing is asked any more.
    const count = (await said()).length;
    for (let look = 0; look < 3; look++) {
      await setTimeout(1100);
      await lookAtScheduler(folder);
    }
    const all = await said();
    expect([all.length, all.filter((call) => call.includes(' sacct ')).length]).toEqual([count, 1]);
  });

  it('of a submission that was cut short are found by its name, or lost', async () => {
    const found = await submit('e', 4);
    await writeJob(jobFolder(folder, found.name), { ...found, id: null });
    expect(await taskOf('e/3')).toMatchObject({ state: 'queued', id: undefined });
    const { id } = await until('e/3', ({ id: number }) => number !== undefined);
    expect(id).toBe(`${found.id ?? ''}_3`);
    await slurm.ask('scancel', '--me');
    const never = { ...found, name: 'epochlens-f', tasks: ['f/0'], id: null, submittedAt: new Date().toISOString() };
    await writeJob(jobFolder(folder, never.name), never);
    expect(await until('f/0', is('lost'))).toMatchObject({ why: expect.stringMatching(/cut short/) as string });
  });

  it('of a submission that was cut short are cancelled all the same, before anybody has looked', async () => {
    const cut = await submit('k', 4);
    await writeJob(jobFolder(folder, cut.name), { ...cut, id: null });
    const tasks = await tasksOf(folder);
    await cancelTasks(['k/1', 'k/3'].flatMap((what) => tasks.get(what) ?? []));
    expect(await slurm.ask('squeue', '-h', '-r', '-t', 'PD,R', '-o', '%K', '-j', cut.id ?? '')).toBe('0\n2\n');
    expect([await taskOf('k/1'), await taskOf('k/2')]).toMatchObject([
      { state: 'cancelled', id: `${cut.id ?? ''}_1` },
      { id: `${cut.id ?? ''}_2` },
    ]);
    await slurm.ask('scancel', '--me');
  });

  it('are looked at by ten processes at once, and Slurm is asked once', async () => {
    await submit('g', 4);
    const study = await writeStudy(
      join(folder, '..', '..', '..'),
      { ...TINY, sweep: { recipes: { r: {} }, seeds: 1, tests: 'none' } },
      's',
    );
    const env = { EPOCHLENS_CACHE: await temporaryFolder(), EPOCHLENS_SCHEDULER_SECONDS: '3600' };
    const count = (await said()).length;
    const looks = await Promise.all(Array.from({ length: 10 }, () => epochlens(['sweep', study, '--status'], { env })));
    expect(looks.map(({ code }) => code)).toEqual(looks.map(() => 0));
    const calls = (await said()).slice(count).map((call) => call.split(' ')[1]);
    const asked = (program: string): number => calls.filter((name) => name === program).length;
    // Where they happen to be on both sides of an hour's end, each hour has its own; how one has failed is asked once.
    expect([1, 2]).toContain(asked('squeue'));
    for (const program of ['scontrol', 'sacct']) expect(asked(program)).toBeLessThanOrEqual(1);
    // Whoever looks again within that time asks nothing.
    await Promise.all(['', ''].map(() => epochlens(['sweep', study, '--status'], { env })));
    expect((await said()).slice(count).length).toBe(calls.length);
    await until('g/3', is('running'));
  });

  it('of another cluster on the same disk are neither judged nor cancelled here', async () => {
    const { id } = await submit('h', 4);
    const path = jobFolder(folder, 'epochlens-h');
    const job = await readJob(path);
    if (job === undefined) throw new Error('no job');
    const mine = { ...job, cluster: 'one' };
    await writeJob(path, mine);
    await until('h/3', is('queued', 'running'));
    // The same numbers mean other jobs there; here such a one is never lost.
    const other = { ...job, name: 'epochlens-i', tasks: ['i/0'], id, cluster: 'two' };
    await writeJob(jobFolder(folder, other.name), other);
    for (let look = 0; look < 3; look++) {
      await setTimeout(1100);
      await lookAtScheduler(folder);
    }
    const task = await taskOf('i/0');
    expect(task).toMatchObject({ state: 'queued', why: expect.stringMatching(/to the cluster two/) as string });
    expect(await cancelTasks(task === undefined ? [] : [task])).toEqual([task]);
    expect(await slurm.ask('squeue', '-h', '-r', '-j', id ?? '')).toContain(`${id ?? ''}_3`);
    await slurm.ask('scancel', '--full', id ?? '');
    await rm(jobFolder(folder, other.name), { recursive: true });
  });

  it('of another person in a shared folder are neither judged nor cancelled here', async () => {
    const mine = await submit('l', 4);
    // Of theirs `squeue --me` shows nothing.
    const theirs = { ...mine, name: 'epochlens-n', tasks: ['n/0'], id: '99999', user: 'somebody' };
    await writeJob(jobFolder(folder, theirs.name), theirs);
    for (let look = 0; look < 4; look++) {
      await setTimeout(1100);
      await lookAtScheduler(folder);
    }
    const [own, task] = [await taskOf('l/3'), await taskOf('n/0')];
    expect(task).toMatchObject({ state: 'queued', why: expect.stringMatching(/handed over by somebody/) as string });
    expect(await cancelTasks([own, task].filter((each) => each !== undefined))).toEqual([task]);
    expect(await taskOf('l/3')).toMatchObject({ state: 'cancelled' });
    await slurm.ask('scancel', '--full', mine.id ?? '');
    await rm(jobFolder(folder, theirs.name), { recursive: true });
  });

  it('whose log their node cannot open are told that it does not see the folder', async () => {
    await submit('o', 1, '--no-requeue', '--output=/nowhere/%a.txt');
    expect((await until('o/0', is('failed'))).why).toMatch(
      /^It was not begun on n[12]: its node cannot open its log, so that it does not see this folder/,
    );
  });

  it('are seen and cancelled through a login node from a machine without Slurm', async () => {
    const { id } = await submit('p', 2, '--hold');
    const study = await writeStudy(
      join(folder, '..', '..', '..'),
      { ...TINY, sweep: { recipes: { r: {} }, seeds: 1, tests: 'none' } },
      's',
    );
    const bin = await temporaryFolder();
    await writeFile(join(bin, 'ssh'), `#!/bin/sh\nPATH=/usr/bin:/bin exec /bin/sh -c "$6"\n`);
    await chmod(join(bin, 'ssh'), 0o755);
    const env = { PATH: bin, EPOCHLENS_CACHE: await temporaryFolder() };
    const job = await readJob(jobFolder(folder, 'epochlens-p'));
    const { cells } = JSON.parse((await epochlens(['sweep', study, '--status', '--json'], { env })).stdout) as {
      cells: { id: string }[];
    };
    await writeJob(jobFolder(folder, 'epochlens-p'), { ...job!, tasks: [cells[0]?.id ?? '', 'p/1'] });
    const sweep = (...more: string[]) => epochlens(['sweep', study, ...more], { env });
    expect(await sweep('--status')).toMatchObject({
      stdout: expect.stringMatching(/there is no squeue on this machine.*--host/) as string,
    });
    const seen = await sweep('--status', '--host', 'me@login');
    expect(seen).toMatchObject({ code: 0, stdout: expect.stringMatching(/is held: go on by --continue/) as string });
    expect(seen.stdout).not.toContain('has not answered');
    expect(await sweep('--cancel', '--cell', 'r', '--host', 'me@login')).toMatchObject({ code: 0 });
    expect(await slurm.ask('squeue', '-h', '-r', '-t', 'PD', '-o', '%K', '-j', id ?? '')).toBe('1\n');
    await slurm.ask('scancel', '--full', id ?? '');
    // A training that is begun here is none of a login node's.
    expect(await sweep('--host', 'me@login')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--on') as string,
    });
  });

  it('are as the files say where Slurm does not answer, which is said, and asked ever more rarely', async () => {
    const conf = process.env['SLURM_CONF'] ?? '';
    const away = join(await temporaryFolder(), 'slurm.conf');
    // A controller that is not there: nobody listens on its port.
    const text = (await readFile(conf, 'utf8')).replace(/^SlurmctldPort=.*$/m, 'SlurmctldPort=1');
    await writeFile(away, `${text}MessageTimeout=2\n`);
    process.env['SLURM_CONF'] = away;
    const task = await taskOf('g/3');
    await lookAtScheduler(folder);
    expect(await taskOf('g/3')).toEqual(task);
    expect(await schedulerProblem(task === undefined ? [] : [task])).toMatch(
      /^Slurm has not answered so far: what is shown is from the files\. \(squeue on this machine failed/,
    );
    const count = (await said()).length;
    await setTimeout(1200);
    await lookAtScheduler(folder);
    expect((await said()).length).toBe(count);
    process.env['SLURM_CONF'] = conf;
    expect(await schedulerProblem(task === undefined ? [] : [task])).toBeUndefined();
  });
});
