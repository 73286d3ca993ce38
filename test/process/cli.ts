/** Runs the built command line as a child process, in a temporary folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import type { EngineName } from '../../src/engine/engine';
import { readMetrics, type EpochMetrics } from '../../src/runs';
import { hasNative } from '../nativeEngine';
import { sharedFolder } from '../shared';

export const dist = resolve(import.meta.dirname, '../../dist');
const bundle = join(dist, 'cli.js');
if (!existsSync(bundle)) throw new Error(`${bundle} is absent: build it first, by node esbuild.mjs`);

/** The native engine where it is installed; the embedded one always. */
export const engines: readonly EngineName[] = hasNative ? ['wasm', 'tensorflow'] : ['wasm'];

export const shared = sharedFolder();
const NO_SHARED = '(skipped without the shared folder)';

/** The name of tests that need the shared folder: it says why they were skipped. */
export const withShared = (name: string): string => (shared === undefined ? `${name} ${NO_SHARED}` : name);

export interface Finished {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly program?: string;
}

/** A process that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves once standard output and error together hold the text; rejects where the process ends before. */
  said(text: string): Promise<void>;
}

export function launch(args: readonly string[], { cwd, env = {}, program = bundle }: RunOptions = {}): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    // The machine's own data folder must not stand in for the one that a test names.
    env: { ...process.env, EPOCHLENS_DATA: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const finished = new Promise<Finished>((settle, fail) => {
    child.on('error', fail).on('close', (code) => {
      settle({ code, ...output });
    });
  });
  return {
    child,
    finished,
    said: (text) =>
      new Promise((settle, fail) => {
        const look = (): void => {
          if ((output.stdout + output.stderr).includes(text)) settle();
        };
        listeners.add(look);
        look();
        void finished.then(({ code, stderr }) => {
          fail(new Error(`it ended with ${String(code)} before it said "${text}":\n${stderr}`));
        });
      }),
  };
}

export function epochlens(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return launch(args, options).finished;
}

/** Runs it, and gives what it printed; fails, with what it said, where it did not end well. */
export async function succeed(args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await epochlens(args, options);
  if (code !== 0) throw new Error(`epochlens ${args.join(' ')} ended with ${String(code)}:\n${stderr}`);
  return stdout;
}

const temporaryFolders: string[] = [];
// Here and not in the function: within a test it is too late to ask for.
afterAll(() => Promise.all(temporaryFolders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder that is removed after the file's tests. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-process-'));
  temporaryFolders.push(folder);
  return folder;
}

/** Ten steps an epoch of ten images each: small, and long enough to be interrupted in. */
export const TINY = {
  dataset: { kind: 'synthetic', trainCount: 100, testCount: 20 },
  model: { architecture: 'resnet20' },
  training: { epochs: 2, batchSize: 10, learningRate: 0.05, seed: 3 },
  explain: { images: { test: [3, 17] } },
};

/** Writes a study file and gives its path. */
export async function writeStudy(folder: string, study: unknown = TINY, name = 'tiny'): Promise<string> {
  const path = join(folder, `${name}.epochlens.json`);
  await writeFile(path, typeof study === 'string' ? study : JSON.stringify(study, null, 2));
  return path;
}

/** Everything under a folder, sorted, with '/'. */
export async function tree(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).map((path) => path.replaceAll('\\', '/')).sort();
}

/** What of the metrics the seed determines. */
export async function seededMetrics(run: string): Promise<Omit<EpochMetrics, 'seconds' | 'imagesPerSecond'>[]> {
  return (await readMetrics(run)).map(({ epoch, trainLoss, trainAccuracy, testLoss, testAccuracy, learningRate }) => ({
    epoch,
    trainLoss,
    trainAccuracy,
    testLoss,
    testAccuracy,
    learningRate,
  }));
}

export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
