/** What a person reads of the shards that a cluster has. */
import { expect, it } from 'vitest';
import { printShardJobs } from '../../../../src/cli/printing/shardJobs';
import type { TaskProgress } from '../../../../src/cluster';

function task(index: number, more: Partial<TaskProgress>): TaskProgress {
  return {
    job: '/w/jobs/j',
    index,
    id: `7_${String(index)}`,
    host: null,
    cluster: undefined,
    user: undefined,
    state: 'ended',
    node: 'n1',
    restarts: 0,
    why: undefined,
    since: '2026-11-30T12:00:00.000Z',
    workedUntil: undefined,
    isKilled: false,
    log: `/w/logs/${String(index)}.txt`,
    ...more,
  };
}

function printed(...tasks: readonly TaskProgress[]): string[] {
  const lines: string[] = [];
  const output = {
    json: false,
    line: (text = '') => lines.push(text),
    document: () => undefined,
    log: () => undefined,
    progress: () => undefined,
  };
  const job = { id: '7', submittedAt: '2026-11-30T12:00:00.000Z', command: 'epochlens perturb R', logs: '/w/logs' };
  const shards = tasks.map((each, at) => ({ shard: `${String(at + 1)}/${String(tasks.length)}`, task: each }));
  printShardJobs([{ ...job, merged: undefined, tasks: shards }], { command: 'perturb', run: 'R' }, output);
  return lines.slice(1);
}

const cancelled: Partial<TaskProgress> = { state: 'cancelled', why: 'It was cancelled.' };

it('cancelled shards need no reason and no log, and can be handed over again', () => {
  expect(printed(task(0, {}), task(1, cancelled), task(2, cancelled))).toEqual([
    expect.stringMatching(/^shard +task +node$/),
    expect.stringMatching(/^1\/3 +7_0 ended +n1$/),
    expect.stringMatching(/^2\/3 +7_1 cancelled +n1$/),
    expect.stringMatching(/^3\/3 +7_2 cancelled +n1$/),
    '1 of 3 shards done, 2 cancelled',
    'Handed over again, it goes on: what is kept is not computed again.',
    'What each prints:  /w/logs',
  ]);
});

it('a shard that ended by an error has failed, and says why', () => {
  const lines = printed(task(0, { why: 'No data.' }), task(1, {}));
  expect(lines[1]).toMatch(/^1\/2 +7_0 failed +n1$/);
  expect(lines).toContain('1/2: No data. (its log: /w/logs/0.txt)');
  expect(lines).toContain('1 of 2 shards done, 1 failed');
});

it('nothing is handed over again while a shard waits or runs', () => {
  const lines = printed(task(0, { why: 'No data.' }), task(1, { state: 'running' }));
  expect(lines.join('\n')).not.toContain('Handed over again');
});
