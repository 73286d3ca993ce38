import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allowedCores } from '../../../src/common/allocation';
import { usualJobs } from '../../../src/cli/sweep/jobs';

/** A file system in which this process is in the group /a/b. */
async function rootWith(limits: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'allocation-'));
  await mkdir(join(root, 'proc/self'), { recursive: true });
  await writeFile(join(root, 'proc/self/cgroup'), '0::/a/b\n');
  await mkdir(join(root, 'sys/fs/cgroup/a/b'), { recursive: true });
  for (const [group, text] of Object.entries(limits))
    await writeFile(join(root, 'sys/fs/cgroup', group, 'cpu.max'), text);
  return root;
}

const env = (cores: string) => ({ SLURM_CPUS_PER_TASK: cores });

it('the cores to use are the fewest of what the task was given, its group’s limit, and what the system lets it use', async () => {
  const root = await rootWith({});
  expect(allowedCores({}, { cores: 64, root })).toBe(64);
  expect(allowedCores(env('4'), { cores: 64, root })).toBe(4);
  expect(allowedCores(env('4'), { cores: 2, root })).toBe(2);
  for (const wrong of ['', '0', '-1', 'all', '4 cores', '1e9'])
    expect(allowedCores(env(wrong), { cores: 8, root }), wrong).toBe(8);
  // 250 % of a core: a third thread would only wait.
  const limited = await rootWith({ a: '250000 100000\n', 'a/b': 'max 100000\n' });
  expect(allowedCores({}, { cores: 64, root: limited })).toBe(2);
  expect(allowedCores(env('1'), { cores: 64, root: limited })).toBe(1);
  expect(allowedCores({}, { cores: 64, root: await rootWith({ 'a/b': '50000 100000\n' }) })).toBe(1);
});

it('so many trainings of a sweep run at once as the cores to use are for', () => {
  expect(usualJobs(allowedCores(env('8'), { cores: 64, root: '/nowhere' }))).toBe(2);
});
