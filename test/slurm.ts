/** A real Slurm of two nodes on this machine, for the tests of one file. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isProcessAlive } from '../src/common/processes';
import { sharedFolder } from './shared';

const run = promisify(execFile);

export interface Slurm {
  /** For the processes that hand something to it, or ask it: SLURM_CONF. */
  readonly env: { readonly SLURM_CONF: string };
  /** What the cluster keeps: its configuration, logs and the list of what has ended. */
  readonly folder: string;
  /** What one of its programs prints. */
  readonly ask: (program: string, ...args: string[]) => Promise<string>;
  /** Until it is started again nobody answers; what runs goes on. */
  readonly stopController: () => Promise<void>;
  readonly startController: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Why there is none here; undefined where `startSlurm` can start one. */
export function whyNoSlurm(): string | undefined {
  if (process.platform !== 'linux') return 'skipped without Linux';
  if (process.getuid?.() !== 0) return 'skipped without root, which starts Slurm';
  if (starter() === undefined) return 'skipped without the shared folder, which starts Slurm';
  const hasSlurm = ['/usr/sbin/slurmctld', '/usr/sbin/munged'].every((path) => existsSync(path));
  return hasSlurm ? undefined : 'skipped without slurmctld and munge';
}

/** The name of tests that need it: it says why they were skipped. */
export function withSlurm(name: string): string {
  const why = whyNoSlurm();
  return why === undefined ? name : `${name} (${why})`;
}

/** Why a process cannot have a host name of its own here, as on a machine of its own; undefined where it can. */
export function whyNoOwnHostname(): string | undefined {
  try {
    execFileSync('unshare', ['--uts', 'true'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'skipped where unshare --uts is not permitted';
  }
}

/** Control groups of memory that processes can be put into here, of version 1; undefined where none can be made. */
export function memoryGroups(): string | undefined {
  const folder = '/sys/fs/cgroup/memory';
  try {
    accessSync(join(folder, 'memory.limit_in_bytes'), constants.W_OK);
    return folder;
  } catch {
    return undefined;
  }
}

function starter(): string | undefined {
  const shared = sharedFolder();
  const path = shared && join(shared, 'slurm', 'cluster');
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** What is requeued waits until what was allowed to its former turn has expired: after two minutes, unless that is set. */
const REQUEUE_SECONDS = 5;

/**
 * @param minJobAge for so many seconds what has ended is still known to `scontrol show job`
 * @param maxArraySize how many tasks an array may have
 * @param preempts whether jobs make room for those of partitions with a higher PriorityTier, by being requeued
 */
export async function startSlurm({ minJobAge = 300, maxArraySize = 1001, preempts = false } = {}): Promise<Slurm> {
  const path = starter();
  if (path === undefined) throw new Error(whyNoSlurm());
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-slurm-'));
  // Munge's own user must reach its socket.
  await chmod(folder, 0o755);
  const port = await freePorts();
  const env = { ...process.env, CONTROL: String(port), MIN_JOB_AGE: String(minJobAge), SLURM_CONF: undefined };
  // Its output goes to files: what it starts would keep a pipe open.
  const changes = [
    `s/^AuthInfo=.*/&,cred_expire=${REQUEUE_SECONDS}/`,
    `s/^JobRequeue=/MaxArraySize=${maxArraySize}\\n&/`,
    `s/^PartitionName=.*/&${preempts ? '\\nPreemptType=preempt\\/partition_prio\\nPreemptMode=REQUEUE' : ''}/`,
  ];
  const words = `sed '${changes.join('; ')}' "$0" | bash -s start "$1" >"$1/started" 2>&1`;
  await run('bash', ['-c', words, path, folder], { env, timeout: 60_000 }).catch(() =>
    run('bash', [path, 'stop', folder]),
  );
  const own = { SLURM_CONF: join(folder, 'slurm.conf') };
  const ask = async (program: string, ...args: string[]): Promise<string> =>
    (await run(program, args, { env: { ...process.env, ...own }, timeout: 60_000 })).stdout;
  await ask('sinfo');
  return {
    env: own,
    folder,
    ask,
    stopController: () => stopController(folder),
    startController: async () => {
      await startController(folder, own);
      await until(() => ask('squeue', '-h'));
    },
    stop: async () => {
      await ask('scancel', '--full', '--me').catch(() => '');
      await run('bash', [path, 'stop', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The processes of the cluster, as its starter notes them: munge, the controller, two nodes. */
async function stopController(folder: string): Promise<void> {
  const pid = Number((await readFile(join(folder, 'pids'), 'utf8')).split('\n')[1]);
  process.kill(pid);
  for (let attempt = 0; attempt < ATTEMPTS && isProcessAlive(pid); attempt++) await setTimeout(LOOK_MILLISECONDS);
}

async function startController(folder: string, own: Slurm['env']): Promise<void> {
  const file = join(folder, 'pids');
  const [munge, , ...nodes] = (await readFile(file, 'utf8')).trim().split('\n');
  const env = { ...process.env, ...own };
  const { pid } = spawn('slurmctld', ['-D'], { env, stdio: 'ignore', detached: true });
  await writeFile(file, [munge, String(pid), ...nodes, ''].join('\n'));
}

const ATTEMPTS = 100;
const LOOK_MILLISECONDS = 200;

async function until(answers: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await answers();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await setTimeout(LOOK_MILLISECONDS);
    }
  }
}

const PORTS = 3;

/** The first of three in a row that nobody listens to; EPOCHLENS_SLURM_PORT names it instead. */
async function freePorts(): Promise<number> {
  const named = process.env['EPOCHLENS_SLURM_PORT'];
  if (named !== undefined) return Number(named);
  for (let attempt = 0; attempt < 100; attempt++) {
    const first = 20_000 + 3 * Math.floor(4000 * Math.random());
    const free = await Promise.all(Array.from({ length: PORTS }, (_, at) => isFree(first + at)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no three free ports in a row');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.on('error', () => {
      settle(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        settle(true);
      });
    });
  });
}
