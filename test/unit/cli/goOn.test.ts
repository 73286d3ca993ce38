/** Texts as Slurm 22.05 gave them to tasks that were told to stop, cut to the fields that count. */
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toldIn, type JobFile, type TaskFile } from '../../../src/cluster';
import { goOn, whyStopped } from '../../../src/cli/cluster/goOn';
import { logOfTurn } from '../../../src/cli/cluster/logOfTurn';

describe('why a task is to stop', () => {
  it('is its time, as long as Slurm says that it runs, or that its limit is reached', () => {
    expect(whyStopped('JobId=3 JobState=RUNNING Reason=None Restarts=0', 0)).toBe('timeIsUp');
    expect(whyStopped('JobId=3 JobState=COMPLETING Reason=TimeLimit Requeue=1 Restarts=0', 0)).toBe('timeIsUp');
    expect(whyStopped('JobState=COMPLETING Reason=None Restarts=0 PreemptTime=2026-11-30T12:00:00', 0)).toBe(
      'timeIsUp',
    );
    expect(whyStopped('', 0)).toBeUndefined();
  });

  it('is that the scheduler begins it anew, or that it is cancelled: both complete', () => {
    expect(whyStopped('JobState=COMPLETING Reason=None Requeue=1 Restarts=1 ExitCode=0:0', 0)).toBe('begunAnew');
    expect(whyStopped('JobState=COMPLETING Reason=None Requeue=1 Restarts=1 ExitCode=0:0', 1)).toBe('cancelled');
    expect(whyStopped('JobState=CANCELLED Reason=None Restarts=0 PreemptTime=None', 0)).toBe('cancelled');
  });
});

const SLURMSTEPD = 'slurmstepd-n1: error: *** JOB 26 ON n1 CANCELLED AT 2026-11-30T13:26:30';

describe('what Slurm writes into the log of a task that it stops', () => {
  it.each([
    [' ***', 'cancelled'],
    [' DUE TO TIME LIMIT ***', 'timeIsUp'],
    [' DUE TO PREEMPTION ***', 'begunAnew'],
    [' DUE TO JOB REQUEUE ***', 'begunAnew'],
    [' DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS ***', 'begunAnew'],
  ] as const)('…%s: %s', (ending, expected) => {
    expect(toldIn(`Epoch 1\n${SLURMSTEPD}${ending}\nSIGTERM: stopping the task…\n`)).toBe(expected);
  });

  it('is nothing where it only warned', () => {
    expect(toldIn('SIGUSR2: stopping the task…\n*** a line of stars ***\n')).toBeUndefined();
  });

  it('is looked for in what this turn has added', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'epochlens-')), 'log');
    await writeFile(path, `${SLURMSTEPD} DUE TO JOB REQUEUE ***\n`);
    const added = await logOfTurn(path);
    expect(await added()).toBe('');
    await appendFile(path, `${SLURMSTEPD} ***\n`);
    expect(toldIn(await added())).toBe('cancelled');
    expect(await (await logOfTurn(`${path}-elsewhere`))()).toBe('');
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
    const log = (): Promise<string> => Promise.resolve(`${SLURMSTEPD} DUE TO TIME LIMIT ***`);
    const said: Partial<TaskFile>[] = [];
    const say = async (change: Partial<TaskFile>): Promise<void> => {
      await Promise.resolve(said.push(change));
    };
    const ends = goOn({ folder: '/nowhere', index: 0, job, task, before, log }, '1 0 0', say, { log: () => undefined });
    await expect(ends).rejects.toThrow(/two turns .* gained nothing; a turn is 00:01:00.*--time/);
    expect(said).toMatchObject([{ state: 'ended' }]);
  });
});
