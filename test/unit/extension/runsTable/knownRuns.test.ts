/** The runs of the table while they are read, trained, tested and deleted. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunFacts } from '../../../../src/comparison';
import { createKnownRuns } from '../../../../src/extension/runsTable/knownRuns';
import type { RunSummary } from '../../../../src/extension/runs/runSummary';
import type { TableRun } from '../../../../src/protocol/runsTable';
import { factsOf } from '../../webview/runsTable/runs';
import { trainingRun } from '../runs/summaries';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(folders: readonly string[]) {
  let there: RunSummary[] = folders.map((folder) => trainingRun({ folder }));
  const reads: string[] = [];
  const told: { changed: TableRun[]; gone: string[] }[] = [];
  let accuracy = 50;
  const known = createKnownRuns({
    runs: () => there,
    read: (folder): Promise<RunFacts> => {
      reads.push(folder);
      if (folder === '/bad') return Promise.reject(new Error('run.json is no JSON'));
      return Promise.resolve({ ...factsOf({ augmentation: 'none', seed: 1, accuracy: accuracy++ }), run: folder });
    },
    tell: (change) => void told.push(change),
  });
  return { known, reads, told, become: (now: RunSummary[]) => void (there = now), now: () => there };
}

test('runs are there at once, and their numbers as they are read', async () => {
  const { known, reads, told } = start(['/a', '/b', '/bad']);
  expect(known.now().map(({ reading }) => reading)).toEqual([true, true, true]);
  await vi.advanceTimersByTimeAsync(100);
  expect(reads).toEqual(['/a', '/b', '/bad']);
  const changed = told.flatMap((change) => change.changed);
  expect(changed.find(({ facts }) => facts.run === '/a')?.facts.series['accuracy']?.values.at(-1)).toBe(50);
  expect(changed.find(({ facts }) => facts.run === '/bad')?.problem).toBe('run.json is no JSON');
  expect(known.now().map(({ reading }) => reading)).toEqual([false, false, false]);
  expect(reads).toHaveLength(3);
});

test('of runs that train only those that have changed are read again, and several are told together', async () => {
  const { known, reads, told, become, now } = start(['/a', '/b']);
  known.now();
  await vi.advanceTimersByTimeAsync(100);
  told.length = 0;
  known.update();
  await vi.advanceTimersByTimeAsync(1000);
  expect([reads.length, told.length]).toEqual([2, 0]);
  become([trainingRun({ folder: '/a' }, { epoch: 4 }), now()[1]!]);
  known.update();
  // While it is read again, its numbers stay.
  expect(known.now()[0]).toMatchObject({ reading: false });
  await vi.advanceTimersByTimeAsync(100);
  expect(reads).toEqual(['/a', '/b', '/a']);
  expect(told.map(({ changed }) => changed.map(({ facts }) => facts.run))).toEqual([['/a']]);
  expect(told[0]?.changed[0]?.facts.series['accuracy']?.values.at(-1)).toBe(52);
});

test('results that come one after another are read once, and who is gone is told', async () => {
  const { known, reads, told, become, now } = start(['/a', '/b']);
  known.now();
  await vi.advanceTimersByTimeAsync(100);
  told.length = 0;
  for (let file = 0; file < 20; file++) known.touched('/b');
  known.touched('/nobody');
  await vi.advanceTimersByTimeAsync(1000);
  expect(reads.slice(2)).toEqual(['/b']);
  become(now().slice(0, 1));
  known.update();
  await vi.advanceTimersByTimeAsync(100);
  expect(told.at(-1)?.gone).toEqual(['/b']);
});

test('while nobody looks on nothing is read, and what was known is there when somebody does again', async () => {
  const { known, reads, told } = start(['/a', '/b']);
  known.update();
  await vi.advanceTimersByTimeAsync(1000);
  expect(reads).toEqual([]);
  known.now();
  await vi.advanceTimersByTimeAsync(100);
  told.length = 0;
  known.rest();
  known.touched('/a');
  known.update();
  await vi.advanceTimersByTimeAsync(1000);
  expect([reads.length, told.length]).toEqual([2, 0]);
  expect(known.now().map(({ reading }) => reading)).toEqual([false, false]);
  await vi.advanceTimersByTimeAsync(100);
  expect(reads.slice(2)).toEqual(['/a']);
  expect(told).toHaveLength(1);
});
