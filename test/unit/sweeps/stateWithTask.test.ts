import { describe, expect, it } from 'vitest';
import type { TaskProgress, TaskState } from '../../../src/cluster/taskProgress';
import type { CellState } from '../../../src/sweeps';
import { stateWithTask } from '../../../src/sweeps/stateWithTask';

const EARLY = '2026-11-30T12:00:00.000Z';
const LATE = '2026-11-30T12:10:00.000Z';

function task(state: TaskState, why?: string): TaskProgress {
  const ofJob = { job: '/j', index: 0, id: '7_0', host: null, node: 'n1', restarts: 0, log: '/j/logs/0.txt' };
  return { ...ofJob, state, why, since: '2026-11-30T12:05:00.000Z' };
}

function stateOf(ofDisk: CellState, of: TaskProgress | undefined, heartbeat?: string, isTrained = false): string {
  const found = stateWithTask(ofDisk, of, { isTrained, heartbeat });
  return found === undefined
    ? 'as its run folder says'
    : `${found.state}${found.error === undefined ? '' : `: ${found.error}`}`;
}

const DISK = 'as its run folder says';

describe('a cell with a task on a cluster', () => {
  it.each([
    // Never handed over, or done by whomever.
    ['new', undefined, undefined, DISK],
    ['done', task('lost', 'gone'), EARLY, DISK],
    // It goes on there.
    ['new', task('queued'), undefined, 'queued'],
    ['cancelled', task('requeued'), EARLY, 'queued'],
    ['failed', task('queued'), EARLY, 'queued'],
    ['new', task('running'), undefined, 'training'],
    ['interrupted', task('running'), EARLY, 'training'],
    ['training', task('running'), EARLY, DISK],
    // Its node is gone, of which its status says nothing; or somebody else trains it.
    ['training', task('requeued'), EARLY, 'queued'],
    ['training', task('nodeFailed', 'its node'), EARLY, 'failed: its node'],
    ['training', task('nodeFailed', 'its node'), LATE, DISK],
    // It ended without a word of its own.
    ['new', task('outOfMemory', 'more'), undefined, 'failed: more'],
    ['interrupted', task('timedOut', 'longer'), EARLY, 'failed: longer'],
    ['interrupted', task('timedOut', 'longer'), LATE, DISK],
    ['interrupted', task('cancelled', 'It was cancelled.'), EARLY, 'cancelled'],
    // It said how it ended: its run folder, or it alone where there is none.
    ['failed', task('ended', 'it says'), EARLY, DISK],
    ['new', task('ended', 'no data set'), undefined, 'failed: no data set'],
    ['new', task('ended'), undefined, DISK],
  ] as const)('%s, %o, %s: %s', (ofDisk, of, heartbeat, expected) => {
    expect(stateOf(ofDisk, of, heartbeat)).toBe(expected);
  });

  it.each([
    // The clock of whoever asked the scheduler is ten minutes late: the task's own word is by the clock of its run.
    ['interrupted', 'outOfMemory', '2026-11-30T12:16:00.000Z', 'failed: more'],
    // Somebody went on with it later; whoever asked has a clock that goes ahead.
    ['interrupted', 'outOfMemory', '2026-11-30T12:03:00.000Z', DISK],
    ['training', 'timedOut', '2026-11-30T12:03:00.000Z', DISK],
  ] as const)('%s, %s until %s by its node: %s', (ofDisk, state, workedUntil, expected) => {
    const heartbeat = workedUntil > LATE ? '2026-11-30T12:15:30.000Z' : '2026-11-30T12:04:00.000Z';
    expect(stateOf(ofDisk, { ...task(state, 'more'), workedUntil }, heartbeat)).toBe(expected);
  });

  it.each([
    // Somebody trained it to its end after its task had failed, and its tests are to come.
    [task('failed', 'exit 127'), LATE, DISK],
    [task('ended', 'no data set'), LATE, DISK],
    [task('cancelled', 'It was cancelled.'), LATE, DISK],
    // Its task trained it, and failed in its tests.
    [task('failed', 'exit 127'), EARLY, 'failed: exit 127'],
    [{ ...task('nodeFailed', 'its node'), workedUntil: LATE }, LATE, 'failed: its node'],
    [task('ended', 'perturb: no'), EARLY, 'failed: perturb: no'],
  ] as const)('that is trained and not tested, %o, %s: %s', (of, heartbeat, expected) => {
    expect(stateOf('new', of, heartbeat, true)).toBe(expected);
  });

  it('is testing where its run is trained and its task goes on', () => {
    expect(stateOf('new', task('running'), EARLY, true)).toBe('testing');
  });
});
