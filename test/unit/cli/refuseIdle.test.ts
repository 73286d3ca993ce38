import { expect, it } from 'vitest';
import { refuseIdle } from '../../../src/cli/cluster/refuseIdle';

it.each([
  [
    { on: 'slurm', jobs: 2 },
    '--jobs: an option that plays no part here: expected it without --on. On a cluster --limit',
  ],
  [{ on: 'kubernetes', jobs: 2 }, '--jobs'],
  [
    { on: 'slurm', cancel: true, partition: 'gpu' },
    '--partition: an option that plays no part here: expected it without --cancel',
  ],
  [{ on: 'slurm', status: true, time: '1' }, '--time'],
  [{ on: 'slurm', list: true, memory: 'none' }, '--memory'],
  [{ on: 'slurm', pause: true, nodeLocal: '/a' }, '--node-local'],
  [{ on: 'slurm', script: true, cpus: 2 }, '--cpus'],
  [{ status: true, cancel: true }, '--cancel: two things at once: found --status as well, expected one of them'],
  [{ pause: true, continue: true }, '--continue: two things'],
  [{ cancel: true, retry: true }, '--retry: two things at once: found --cancel as well'],
] as const)('%j is refused', (options, words) => {
  expect(() => {
    refuseIdle(options);
  }).toThrow(words);
});

it.each([
  { jobs: 2 },
  { status: true, jobs: 2 },
  { status: true, list: true, retry: true },
  { retry: true, continue: true },
  { on: 'slurm', host: 'me@login', cancel: true },
  { on: 'slurm', continue: true, partition: 'gpu' },
  { on: 'slurm', partition: 'gpu', limit: 2, retry: true },
] as const)('%j is not', (options) => {
  expect(() => {
    refuseIdle(options);
  }).not.toThrow();
});
