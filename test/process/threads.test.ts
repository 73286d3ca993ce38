/** How many threads the native engine computes with: as many as a scheduler gives it cores, unless a person says otherwise. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasNative } from '../nativeEngine';
import { launch, temporaryFolder, TINY, writeStudy } from './cli';

/** What it says of its engine, and all the threads that its process has in the first epoch. */
async function threadsOf(name: string, env: NodeJS.ProcessEnv): Promise<{ said: string; threads: number }> {
  const folder = await temporaryFolder();
  const training = launch(
    ['train', await writeStudy(folder, TINY), '--engine', 'native', '--run', join(folder, name), '--json'],
    { env: { TF_NUM_INTRAOP_THREADS: '', TF_NUM_INTEROP_THREADS: '', OMP_NUM_THREADS: '', ...env } },
  );
  await training.said('"event":"progress"');
  const status = await readFile(`/proc/${String(training.child.pid)}/status`, 'utf8');
  training.child.kill('SIGKILL');
  const { stderr } = await training.finished;
  const said = /Engine: native \(TensorFlow [^,]*, CPU(.*)\), asked/.exec(stderr)?.[1] ?? stderr;
  return { said, threads: Number(/^Threads:\s*(\d+)/m.exec(status)?.[1]) };
}

it.skipIf(!hasNative || process.platform !== 'linux')(
  'follows the allocation, and what a person has set before it',
  async () => {
    const given = await threadsOf('given', { SLURM_CPUS_PER_TASK: '1' });
    expect(given.said).toBe(', 1 thread');
    const set = await threadsOf('set', {
      SLURM_CPUS_PER_TASK: '1',
      TF_NUM_INTRAOP_THREADS: '24',
      TF_NUM_INTEROP_THREADS: '24',
    });
    expect(set.said).toBe(', 24 threads');
    expect(set.threads - given.threads).toBeGreaterThanOrEqual(2 * 20);
  },
);
