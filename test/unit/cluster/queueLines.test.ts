/** Lines as Slurm 22.05 printed them for jobs that were submitted by hand: arrays, requeued, held, with odd reasons. */
import { describe, expect, it } from 'vitest';
import { parseAccounted, parseShown } from '../../../src/cluster/scheduler/ended';
import { parseQueue } from '../../../src/cluster/scheduler/queueLines';
import { waitingText } from '../../../src/cluster/scheduler/reasons';

const PRINTED = `1|2|8|COMPLETED|2026-11-30T12:26:33|n2|None|epochlens-a
1|5|11|COMPLETING|2026-11-30T12:26:37|n1|job requeued in held state|epochlens-a
1|7|1|PENDING|N/A||JobArrayTaskLimit|epochlens-a
1|8|13|PENDING|N/A||JobHeldAdmin|epochlens-a
1|3|9|TIMEOUT|2026-11-30T12:26:33|n2|TimeLimit|epochlens-a
4|N/A|4|PENDING|2026-11-30T13:26:33||BeginTime|epochlens-begin
3|N/A|3|PENDING|N/A||JobHeldUser|somebody|else's
9|N/A|9|RUNNING|2026-11-30T12:26:33|n1|None|thesis
`;

describe('what squeue prints', () => {
  const lines = parseQueue(PRINTED);

  it('is read of our own jobs alone', () => {
    expect(lines.map(({ job, index, id, state }) => [job, index, id, state])).toEqual([
      ['1', 2, '8', 'COMPLETED'],
      ['1', 5, '11', 'COMPLETING'],
      ['1', 7, '1', 'PENDING'],
      ['1', 8, '13', 'PENDING'],
      ['1', 3, '9', 'TIMEOUT'],
      ['4', null, '4', 'PENDING'],
    ]);
    expect(lines[0]).toEqual({
      job: '1',
      index: 2,
      id: '8',
      state: 'COMPLETED',
      reason: '',
      node: 'n2',
      starts: '2026-11-30T12:26:33',
      name: 'epochlens-a',
    });
    expect(lines[2]).toEqual(expect.objectContaining({ node: '', reason: 'JobArrayTaskLimit' }));
    expect(lines[2]).not.toHaveProperty('starts');
  });

  it.each(['', 'slurm_load_jobs error: Invalid job id specified', '1|2|3', '1|[2-5%2]|1|PENDING'])(
    'is none in %j',
    (text) => {
      expect(parseQueue(text)).toEqual([]);
    },
  );

  it.each([
    ['Resources', undefined, 'It waits for free resources.'],
    ['', undefined, 'It waits its turn.'],
    ['job requeued in held state', undefined, 'It is held: go on by --continue, or scontrol release.'],
    ['QOSMaxJobsPerUserLimit', undefined, 'It waits: a limit of the account is reached.'],
    ['ReqNodeNotAvail, UnavailableNodes:n1', undefined, 'It waits for a node that is not available now.'],
    ['Quux', undefined, 'It waits (Quux).'],
    [
      'Priority',
      '2026-11-30T13:26:33',
      'It waits for jobs of higher priority, thought to begin at 2026-11-30 13:26:33 by the cluster’s clock.',
    ],
  ])('says why a task waits: %j', (reason, starts, words) => {
    expect(waitingText(reason, starts)).toBe(words);
  });
});

const SHOWN = `JobId=6 ArrayJobId=1 ArrayTaskId=0 ArrayTaskThrottle=4 JobName=epochlens-a UserId=root(0) JobState=FAILED Reason=NonZeroExitCode Dependency=(null) Requeue=1 Restarts=0 ExitCode=3:0 StartTime=2026-11-30T12:26:33 NodeList=n1 BatchHost=n1
JobId=14 ArrayJobId=14 ArrayTaskId=2-5%1 JobName=epochlens-h JobState=PENDING Reason=JobHeldUser ExitCode=0:0 NodeList=(null)
JobId=5 JobName=epochlens-big JobState=TIMEOUT Reason=TimeLimit ExitCode=0:15 NodeList=n2
slurm_load_jobs error: Invalid job id specified`;

describe('how tasks ended', () => {
  it('is read from scontrol, of those that have begun', () => {
    expect([...parseShown(SHOWN)]).toEqual([
      [0, { state: 'FAILED', reason: 'NonZeroExitCode', node: 'n1', exit: '3:0' }],
      [null, { state: 'TIMEOUT', reason: 'TimeLimit', node: 'n2', exit: '0:15' }],
    ]);
  });

  // The format of sacct(1), --parsable2: no database answers here.
  it('is read from sacct', () => {
    const text =
      '12_0|OUT_OF_MEMORY|0:125|n1\n12_1|CANCELLED by 1000|0:0|None assigned\n12_[2-3,5%1]|CANCELLED by 0|0:0|None assigned\n';
    expect([...parseAccounted(text)]).toEqual([
      [0, { state: 'OUT_OF_MEMORY', reason: '', node: 'n1', exit: '0:125' }],
      ...[1, 2, 3, 5].map((index) => [index, { state: 'CANCELLED', reason: '', node: '', exit: '0:0' }]),
    ]);
    expect([...parseAccounted('13|COMPLETED|0:0|n1\n13.batch|FAILED|1:0|n1\n').keys()]).toEqual([null]);
    expect(parseAccounted('Slurm accounting storage is disabled').size).toBe(0);
  });
});
