/** One training a run folder, whatever locks lie there, and what ends it. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { effectiveState, readMetrics, readStatus, type RunStatus } from '../../src/runs';
import { epochlens, launch, readJson, seededMetrics, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';

let folder: string;
let study: string;
/** A run that was killed in its second epoch, with its lock. */
let killed: string;
let whole: Awaited<ReturnType<typeof seededMetrics>>;

const train = (run: string, ...more: string[]): string[] => ['train', study, '--engine', 'wasm', '--run', run, ...more];

beforeAll(async () => {
  folder = await temporaryFolder();
  study = await writeStudy(folder, TINY);
  await succeed(train(join(folder, 'whole')));
  whole = await seededMetrics(join(folder, 'whole'));
  killed = join(folder, 'killed');
  const training = launch(train(killed, '--json'));
  await training.said('"epoch":2,"epochs":2,"step":2,');
  training.child.kill('SIGKILL');
  await training.finished;
});

let copies = 0;
async function copy(): Promise<string> {
  const run = join(folder, `copy-${++copies}`);
  await cp(killed, run, { recursive: true });
  return run;
}

async function expectResumed(run: string): Promise<void> {
  await succeed(train(run, '--resume'));
  expect(await seededMetrics(run)).toEqual(whole);
  expect((await tree(run)).filter((path) => /lock|tmp/.test(path))).toEqual([]);
}

describe('of several that resume a run at once', () => {
  it('one does, and the others are told which', async () => {
    const run = await copy();
    const ended = await Promise.all([1, 2, 3].map(() => epochlens(train(run, '--resume'))));
    expect(ended.map(({ code }) => code).sort()).toEqual([0, 2, 2]);
    for (const { code, stderr } of ended) if (code === 2) expect(stderr).toMatch(/running.*: found process \d+ on /);
    expect(await seededMetrics(run)).toEqual(whole);
  });
});

describe('a lock that is left', () => {
  it('whose process id is another’s by now blocks nobody', async () => {
    const run = await copy();
    const lock = join(run, 'lock-1');
    await writeFile(lock, JSON.stringify({ ...(await readJson<object>(lock)), pid: process.pid }));
    const status = join(run, 'status.json');
    const changed = {
      ...(await readJson<RunStatus>(status)),
      pid: process.pid,
      heartbeat: '2100-01-01T00:00:00.000Z',
    };
    expect(effectiveState(changed)).toBe('interrupted');
    await writeFile(status, JSON.stringify(changed));
    await expectResumed(run);
  });

  it('that is none, or damaged, blocks nobody, and nothing outside is touched', async () => {
    const run = await copy();
    await rm(join(run, 'lock-1'));
    await mkdir(join(run, 'lock-1'));
    await symlink(join(folder, 'nothing'), join(run, 'lock-2'));
    await writeFile(join(run, 'lock-3'), '{garbage');
    execFileSync('mkfifo', [join(run, 'lock-4')]);
    await expectResumed(run);
    expect(await tree(folder)).not.toContain('nothing');
  });

  it('of another machine is named, with what to do', async () => {
    const run = await copy();
    const lock = join(run, 'lock-1');
    await writeFile(lock, JSON.stringify({ ...(await readJson<object>(lock)), host: 'elsewhere.invalid' }));
    const { code, stderr } = await epochlens(train(run, '--resume'));
    expect(stderr).toMatch(/found process \d+ on elsewhere\.invalid.*If it runs no more, remove .*lock-1\./);
    expect(code).toBe(2);
  });
});

describe('a task of Slurm that is begun anew on another node', () => {
  /** The lock and the status of the node where the task ran before. */
  async function leftElsewhere(): Promise<string> {
    const run = await copy();
    const slurm = { job: '17_2', cluster: 'deep', restarts: 1 };
    for (const name of ['lock-1', 'status.json']) {
      const path = join(run, name);
      await writeFile(path, JSON.stringify({ ...(await readJson<object>(path)), host: 'elsewhere.invalid', slurm }));
    }
    return run;
  }
  const env = { SLURM_ARRAY_JOB_ID: '17', SLURM_ARRAY_TASK_ID: '2', SLURM_CLUSTER_NAME: 'deep' };

  it('takes its run over at once', async () => {
    const run = await leftElsewhere();
    await succeed(train(run, '--resume'), { env: { ...env, SLURM_RESTART_COUNT: '2' } });
    expect(await seededMetrics(run)).toEqual(whole);
    expect(await readStatus(run)).toMatchObject({ state: 'finished', slurm: { job: '17_2', restarts: 2 } });
  });

  it.each([
    ['the same start of it', { ...env, SLURM_RESTART_COUNT: '1' }],
    ['another task', { ...env, SLURM_ARRAY_TASK_ID: '3', SLURM_RESTART_COUNT: '2' }],
  ])('and %s takes nothing over', async (_, other) => {
    const { code, stderr } = await epochlens(train(await leftElsewhere(), '--resume'), { env: other });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/found process \d+ on elsewhere\.invalid/)]);
  });
});

it('a training that is suspended, with everything old, keeps its run', async () => {
  const run = join(folder, 'suspended');
  const training = launch(train(run, '--json'));
  await training.said('"event":"progress"');
  training.child.kill('SIGSTOP');
  const old = new Date(Date.now() - 3_600_000);
  for (const name of ['lock-1', 'status.json']) await utimes(join(run, name), old, old);
  const { code, stderr } = await epochlens(train(run, '--resume'));
  expect([code, stderr]).toEqual([2, expect.stringContaining(`found process ${training.child.pid} on ${hostname()}`)]);
  const status = await readStatus(run);
  expect(status && effectiveState(status, { now: new Date('2100-01-01') })).toBe('training');
  training.child.kill('SIGCONT');
  training.child.kill('SIGTERM');
  expect((await training.finished).code).toBe(1);
});

describe('a signal', () => {
  it.each([['SIGHUP'], ['SIGHUP', 'SIGHUP'], ['SIGUSR2', 'SIGUSR2', 'SIGTERM']] as const)(
    '%s, once or again, stops a training as SIGTERM does',
    async (...signals) => {
      const run = join(folder, signals.join('-'));
      const training = launch(train(run, '--json'));
      await training.said('"event":"epoch"');
      for (const signal of signals) {
        training.child.kill(signal);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const { code, stderr } = await training.finished;
      expect([code, stderr]).toEqual([1, expect.stringMatching(/Cancelled\. Go on with/)]);
      expect(await readStatus(run)).toMatchObject({ state: 'cancelled' });
      expect((await tree(run)).filter((path) => path.includes('lock'))).toEqual([]);
    },
  );

  it('SIGTERM twice ends it at once, and leaves no lock', async () => {
    const run = join(folder, 'twice');
    const training = launch(train(run, '--json'));
    await training.said('"event":"epoch"');
    training.child.kill('SIGTERM');
    await training.said('again to stop at once');
    training.child.kill('SIGTERM');
    const { code } = await training.finished;
    // Unless it has stopped by itself in between.
    expect([143, 1]).toContain(code);
    expect((await tree(run)).filter((path) => path.includes('lock'))).toEqual([]);
  });
});

const shell = (command: string): { readonly code: number; readonly stdout: string; readonly stderr: string } => {
  const script = `${command}; echo "code $?"`;
  const stdout = execFileSync('sh', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stderr = join(folder, 'stderr');
  return { code: Number(/code (\d+)\s*$/.exec(stdout)?.[1]), stdout, stderr };
};

describe.runIf(process.platform === 'linux')('output that is lost', () => {
  const program = `"${process.execPath}" "${join(import.meta.dirname, '../../dist/cli.js')}"`;
  const words = (run: string): string => `${program} train tiny.epochlens.json --engine wasm --run ${run}`;

  it('behind a full disk is one line on standard error, and exit code 1; the training goes on', async () => {
    const { code, stderr } = shell(`${words('full')} > /dev/full 2> stderr`);
    const text = await readFile(stderr, 'utf8');
    expect(text.match(/^epochlens: .*$/gm)).toEqual([
      expect.stringMatching(/^epochlens: standard output cannot be written to: ENOSPC.*The disk is full/),
    ]);
    expect(text).not.toMatch(/^ +at /m);
    expect(code).toBe(1);
    const run = join(folder, 'full');
    expect(await readStatus(run)).toMatchObject({ state: 'finished' });
    expect(await readMetrics(run)).toHaveLength(3);
    expect((await tree(run)).filter((path) => /lock|tmp/.test(path))).toEqual([]);
  });

  it('of the result alone is told as well', async () => {
    const { code, stderr } = shell(`${program} explain whole --engine wasm --json > /dev/full 2> stderr`);
    expect([code, await readFile(stderr, 'utf8')]).toEqual([1, expect.stringMatching(/ENOSPC/)]);
  });

  it('on standard error is a line on standard output, and silence where nobody listens', () => {
    // Of a layer that nothing is kept of: what is kept needs no engine, of which standard error tells.
    const { code, stdout } = shell(`${program} explain whole --engine wasm --layer layer2 2> /dev/full`);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^epochlens: standard error cannot be written to/)]);
    expect(shell(`${program} explain whole --engine wasm --checkpoints 0 >&- 2>&-`).code).toBe(0);
    expect(shell(`${program} explain whole --engine wasm --checkpoints 0 > /dev/full 2> /dev/full`).code).toBe(1);
  });

  it.each([1_000_000, 2_000_000, 11_000_000])('ulimit -v %i is one line that says what to do', async (limit) => {
    const run = `limited-${limit}`;
    const { code, stderr } = shell(`ulimit -v ${limit}; ${words(run)} 2> stderr`);
    const said = (await readFile(stderr, 'utf8'))
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('Data: '));
    expect(said).toEqual([expect.stringMatching(/^epochlens: too little address space.*`ulimit -v unlimited`/)]);
    expect(code).toBe(1);
    expect(await tree(folder)).not.toContain(run);
  });
});

describe.skipIf(process.platform === 'win32')('a FIFO where a file should be', () => {
  it.each([
    ['run.json', ['explain', 'RUN', '--engine', 'wasm']],
    ['checkpoints/epoch-000.safetensors', ['explain', 'RUN', '--checkpoints', '0', '--engine', 'wasm']],
    ['metrics.jsonl', ['report', 'RUN', '--quick']],
    ['metrics.jsonl', ['train', 'STUDY', '--run', 'RUN', '--resume', '--engine', 'wasm']],
    ['a.epochlens.json', ['train', 'RUN/a.epochlens.json']],
    ['a.png', ['explain', 'RUN', '--images', 'RUN/a.png', '--engine', 'wasm']],
    ['a.pth', ['import', 'RUN/a.pth', '--inspect']],
    ['w.safetensors', ['evaluate', '--weights', 'RUN/w.safetensors', '--architecture', 'resnet20', '--data', '.']],
  ])('%s is named at once: %s', async (name, words) => {
    const run = await copy();
    await rm(join(run, name), { force: true });
    execFileSync('mkfifo', [join(run, name)]);
    const { child, finished } = launch(words.map((word) => word.replace('RUN', run).replace('STUDY', study)));
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    const { code, stderr } = await finished;
    clearTimeout(timer);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^epochlens: .*a FIFO/m)]);
    expect(stderr).toContain(basename(name));
  });

  it('metrics that are far too large are refused', async () => {
    const run = await copy();
    await truncate(join(run, 'metrics.jsonl'), 200_000_000);
    const { code, stderr } = await epochlens(['report', run, '--quick']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/metrics\.jsonl: too large.*found 200000000 bytes/)]);
  });
});
