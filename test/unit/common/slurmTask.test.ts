import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { processFate } from '../../../src/common/processes';
import { isBegunAnew, slurmTaskOf } from '../../../src/common/slurmTask';

/** As Slurm sets them, of `sbatch --array` and without; 22.05 sets no restart count at a first start. */
const ARRAY = { SLURM_JOB_ID: '19', SLURM_ARRAY_JOB_ID: '17', SLURM_ARRAY_TASK_ID: '2', SLURM_CLUSTER_NAME: 'deep' };

describe('the task that a process is in', () => {
  it('is the array’s and its number, or the job, and nothing outside Slurm', () => {
    expect(slurmTaskOf(ARRAY)).toEqual({ job: '17_2', cluster: 'deep', restarts: 0 });
    expect(slurmTaskOf({ SLURM_JOB_ID: '19', SLURM_RESTART_COUNT: '3' })).toEqual({ job: '19', restarts: 3 });
    for (const env of [{}, { SLURM_JOB_ID: '' }, { SLURM_JOB_ID: 'x y' }, { SLURM_CPUS_PER_TASK: '2' }])
      expect(slurmTaskOf(env)).toBeUndefined();
  });

  it('is begun anew where it has the same number and more restarts', () => {
    const before = slurmTaskOf(ARRAY);
    const now = slurmTaskOf({ ...ARRAY, SLURM_RESTART_COUNT: '1' });
    expect(isBegunAnew(now, before)).toBe(true);
    expect(isBegunAnew(before, now)).toBe(false);
    expect(isBegunAnew(now, now)).toBe(false);
    expect(isBegunAnew(now, undefined)).toBe(false);
    expect(isBegunAnew(undefined, before)).toBe(false);
    for (const other of [{ SLURM_ARRAY_TASK_ID: '3' }, { SLURM_ARRAY_JOB_ID: '18' }, { SLURM_CLUSTER_NAME: 'wide' }])
      expect(isBegunAnew(now, slurmTaskOf({ ...ARRAY, ...other }))).toBe(false);
  });
});

it('a process of another machine is not known to be gone by a process outside Slurm', () => {
  const slurm = { job: '17_2', restarts: 0 };
  expect(processFate({ pid: 1, host: `not-${hostname()}`, slurm })).toBe('unknown');
});
