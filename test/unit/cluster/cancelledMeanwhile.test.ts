/** A task that is cancelled while the scheduler is being asked stays cancelled: the answer is of before. */
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { jobFolder, jobPaths, lookAtScheduler, tasksOf, writeJob } from '../../../src/cluster';

const NAME = 'epochlens-s-1';

let root: string;
let seen: string;
let program: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cancelled-'));
  program = join(root, 'squeue');
  seen = jobPaths(jobFolder(root, NAME)).seen;
  vi.stubEnv('EPOCHLENS_CACHE', join(root, 'cache'));
  vi.stubEnv('PATH', `${root}${delimiter}${process.env['PATH'] ?? ''}`);
  await writeJob(jobFolder(root, NAME), {
    ...{ format: 1, name: NAME, scheduler: 'slurm', host: null, id: '7', kind: 'cells', studyFile: '/s' },
    ...{ tasks: ['a', 'b'], engine: 'auto', requeues: 3, memoryBytes: null, time: null },
    submittedAt: new Date(Date.now() - 60_000).toISOString(),
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const states = async (): Promise<unknown[]> => [...(await tasksOf(root)).values()].map(({ state }) => state);

/** Of both tasks it says that they wait, as it knows it at the beginning. */
async function squeue(meanwhile = ''): Promise<void> {
  const lines = ['0', '1'].map((index) => `7|${index}|7|PENDING|N/A|(null)|Resources|${NAME}`);
  await writeFile(program, `#!/bin/sh\n${meanwhile}\nprintf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}\n`);
  await chmod(program, 0o755);
}

it('holds for the answer that is under way, and for those that are kept', async () => {
  const at = new Date(Date.now() + 5000).toISOString();
  const marked = { format: 1, at, tasks: { 1: { state: 'CANCELLED', reason: '', node: '', at, job: '7' } } };
  const file = join(root, 'marked.json');
  await writeFile(file, JSON.stringify(marked));
  await squeue(`cp '${file}' '${seen}'`);
  expect(await lookAtScheduler(root)).toBe(true);
  expect(await states()).toEqual(['queued', 'cancelled']);
  // By what it said last: it is not asked again within the minute.
  await lookAtScheduler(root);
  expect(await states()).toEqual(['queued', 'cancelled']);
});

it('is over where the scheduler is asked later and says otherwise', async () => {
  const at = new Date(Date.now() - 5000).toISOString();
  const tasks = { 1: { state: 'CANCELLED', reason: '', node: '', at, job: '7' } };
  await writeFile(seen, JSON.stringify({ format: 1, at, tasks }));
  await squeue();
  await lookAtScheduler(root);
  expect(await states()).toEqual(['queued', 'queued']);
});
