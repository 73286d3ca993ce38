import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  jobFolder,
  jobPaths,
  readJobs,
  readTask,
  writeJob,
  writeTask,
  type JobFile,
  type TaskFile,
} from '../../../src/cluster';
import { sshWords } from '../../../src/cluster/slurmCommand';

const JOB: JobFile = {
  format: 1,
  name: 'epochlens-a',
  scheduler: 'slurm',
  host: null,
  id: null,
  kind: 'cells',
  studyFile: '/s/a.epochlens.json',
  tasks: ['one', 'two'],
  engine: 'auto',
  requeues: 3,
  memoryBytes: null,
  time: null,
  submittedAt: '2026-01-02T03:04:05.000Z',
};

describe('job folders', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'epochlens-jobs-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('are read in the order of their submission, without what is not ours', async () => {
    expect(await readJobs(folder)).toEqual([]);
    const earlier = { ...JOB, name: 'epochlens-b', id: '7', submittedAt: '2026-01-01T00:00:00.000Z' };
    for (const job of [JOB, earlier]) await writeJob(jobFolder(folder, job.name), job);
    await mkdir(jobFolder(folder, 'other'));
    await writeFile(jobPaths(jobFolder(folder, 'other')).job, '{"format":1,"name":"rm -rf"}');
    expect(await readJobs(folder)).toEqual([
      { folder: jobFolder(folder, 'epochlens-b'), job: earlier },
      { folder: jobFolder(folder, 'epochlens-a'), job: JOB },
    ]);
    expect((await readdir(jobFolder(folder, 'epochlens-a'))).sort()).toEqual(['job.json', 'logs', 'tasks']);
  });

  it('have what each task says of itself', async () => {
    const own = jobFolder(folder, JOB.name);
    await writeJob(own, JOB);
    expect(await readTask(own, 1)).toBeUndefined();
    const at = JOB.submittedAt;
    const task: TaskFile = {
      format: 1,
      node: 'n1',
      jobId: '7',
      restarts: 0,
      startedAt: at,
      heartbeat: at,
      state: 'running',
    };
    await writeTask(own, 1, task);
    expect(await readTask(own, 1)).toEqual(task);
    await writeFile(jobPaths(own).task(1), '{"format":1');
    expect(await readTask(own, 1)).toBeUndefined();
  });
});

describe('words over ssh', () => {
  it('are quoted for both shells that read them', () => {
    const words = sshWords('user@login', ['sbatch', "/a b/it's $HOME.sh"]);
    expect(words.slice(0, 6)).toEqual(['ssh', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', 'user@login']);
    expect(words[6]).toContain('. /etc/profile');
    expect(words).toHaveLength(7);
  });

  it('are refused for a host that ssh would take for an option', () => {
    for (const host of ['-oProxyCommand=x', '', 'a b']) expect(() => sshWords(host, ['true'])).toThrow(/no host/);
  });
});
