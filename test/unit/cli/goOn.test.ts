/** Texts as Slurm 22.05 gave them to tasks that were told to stop, cut to the fields that count. */
import { describe, expect, it } from 'vitest';
import type { JobFile, TaskFile } from '../../../src/cluster';
import { goOn, whyStopped } from '../../../src/cli/cluster/goOn';

describe('why a task is to stop', () => {
  it('is its time, as long as Slurm says that it runs, or that its limit is reached', () => {
    expect(whyStopped('JobId=3 JobState=RUNNING Reason=None Restarts=0', 0)).toBe('timeIsUp');
    expect(whyStopped('JobId=3 JobState=COMPLETING Reason=TimeLimit Requeue=1 Restarts=0', 0)).toBe('timeIsUp');
    expect(whyStopped('JobState=COMPLETING Reason=None Restarts=0 PreemptTime=2026-11-30T12:00:00', 0)).toBe(
      'timeIsUp',
    );
    expect(whyStopped('', 0)).toBe('timeIsUp');
  });

  it('is that the scheduler begins it anew, or that it is cancelled: both complete', () => {
    expect(whyStopped('JobState=COMPLETING Reason=None Requeue=1 Restarts=1 ExitCode=0:0', 0)).toBe('begunAnew');
    expect(whyStopped('JobState=COMPLETING Reason=None Requeue=1 Restarts=1 ExitCode=0:0', 1)).toBe('cancelled');
    expect(whyStopped('JobState=CANCELLED Reason=None Restarts=0 PreemptTime=None', 0)).toBe('cancelled');
  });
});

describe('a task whose time is up', () => {
  it('is given up after two turns that gained nothing', async () => {
    const at = '2026-01-02T03:04:05.000Z';
    const task: TaskFile = {
      format: 1,
      node: 'n',
      jobId: '1',
      restarts: 1,
      startedAt: at,
      heartbeat: at,
      state: 'running',
    };
    const job = { requeues: 5, time: '00:01:00' } as JobFile;
    const before: TaskFile = { ...task, restarts: 0, state: 'requeued', gained: '1 0 0' };
    const said: Partial<TaskFile>[] = [];
    const say = async (change: Partial<TaskFile>): Promise<void> => {
      await Promise.resolve(said.push(change));
    };
    const ends = goOn({ folder: '/nowhere', index: 0, job, task, before }, '1 0 0', say, { log: () => undefined });
    await expect(ends).rejects.toThrow(/two turns .* gained nothing, each time for 00:01:00.*--time/);
    expect(said).toMatchObject([{ state: 'ended' }]);
  });
});
