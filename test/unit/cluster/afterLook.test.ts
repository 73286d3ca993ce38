/** What is known after a look, and what a task is by that: worked out by hand from the rules in the sources. */
import { describe, expect, it } from 'vitest';
import { afterEnd, afterLook, type Answer } from '../../../src/cluster/scheduler/afterLook';
import type { QueueLine } from '../../../src/cluster/scheduler/queueLines';
import { isSettled, knownTask } from '../../../src/cluster/scheduler/settled';
import { progressOfTask } from '../../../src/cluster/progressOfTask';
import type { JobFile } from '../../../src/cluster/jobFile';
import type { SeenFile } from '../../../src/cluster/seenFile';
import type { TaskFile } from '../../../src/cluster/taskFile';
import type { TaskProgress } from '../../../src/cluster/taskProgress';

const JOB: JobFile = {
  format: 1,
  name: 'epochlens-s-1',
  scheduler: 'slurm',
  host: null,
  id: '7',
  kind: 'cells',
  studyFile: '/w/s.epochlens.json',
  tasks: ['a', 'b'],
  engine: 'embedded',
  requeues: 3,
  memoryBytes: 2 ** 31,
  time: '04:00:00',
  submittedAt: '2026-11-30T12:00:00.000Z',
};
const MINUTE = 60_000;
const OUT_OF_MEMORY = { state: 'OUT_OF_MEMORY', reason: '', node: 'n1', exit: '0:125' };
const at = (minute: number): string => new Date(Date.parse(JOB.submittedAt) + minute * MINUTE).toISOString();

function line(state: string, more: Partial<QueueLine> = {}): QueueLine {
  return { job: '7', index: 0, id: '8', state, reason: '', node: '', name: JOB.name, ...more };
}

function word(state: TaskFile['state'], heartbeat: number, more: Partial<TaskFile> = {}): TaskFile {
  const { submittedAt } = JOB;
  return {
    format: 1,
    node: 'n1',
    jobId: '7',
    restarts: 0,
    startedAt: submittedAt,
    heartbeat: at(heartbeat),
    state,
    ...more,
  };
}

const look = (minute: number, ...lines: QueueLine[]): Answer => ({ at: at(minute), lines });

/** After these looks, one after the other, each with what the task had said by then. */
function after(...looks: readonly (readonly [Answer, TaskFile?])[]): { seen: SeenFile; gone: readonly number[] } {
  let seen: SeenFile | undefined;
  let gone: readonly number[] = [];
  for (const [answer, said] of looks) {
    const found = afterLook(JOB, { seen, words: [said] }, answer, MINUTE);
    seen = afterEnd(found, new Map(['7', '30'].map((job) => [job, { tasks: new Map(), isAll: true }])));
    gone = [...found.gone.keys()];
  }
  return { seen: seen ?? { format: 1, at: at(0), tasks: {} }, gone };
}

function progress(seen: SeenFile | undefined, said: TaskFile | undefined, now: number, job = JOB): TaskProgress {
  const stored = { folder: '/w/jobs/epochlens-s-1', job };
  return progressOfTask(stored, 0, knownTask(job.id, 0, said, seen), Date.parse(at(now)));
}

describe('a task', () => {
  it('waits before anybody asked, and then for the reason that is given', () => {
    expect(progress(undefined, undefined, 1)).toMatchObject({ state: 'queued', id: '7_0', node: undefined });
    const { seen } = after([look(1, line('PENDING', { id: '7', reason: 'JobArrayTaskLimit' }))]);
    expect(progress(seen, undefined, 1)).toMatchObject({
      state: 'queued',
      why: expect.stringMatching(/only so many/) as string,
    });
  });

  it('runs by its own word, whatever was said before it spoke', () => {
    const { seen } = after([look(1, line('PENDING'))]);
    expect(progress(seen, word('running', 2), 3)).toMatchObject({ state: 'running', node: 'n1', why: undefined });
    expect(progress(seen, word('running', 2), 9)).toMatchObject({
      why: expect.stringMatching(/said nothing since/) as string,
    });
  });

  it('waits to go on where the scheduler took it off its node after it spoke last', () => {
    const { seen } = after([look(5, line('PENDING', { reason: 'BeginTime' })), word('running', 2)]);
    expect(progress(seen, word('running', 2), 5)).toMatchObject({ state: 'requeued', restarts: 0 });
    // Begun again, it says so.
    const again = word('running', 6, { startedAt: at(6), restarts: 1 });
    expect(progress(seen, again, 6)).toMatchObject({ state: 'running', restarts: 1 });
  });

  it.each([
    ['TIMEOUT', 'timedOut', /time limit of 04:00:00 on n2.*--time/],
    ['OUT_OF_MEMORY', 'outOfMemory', /asked for 2G.*--memory 4G.*microBatchSize/],
    ['NODE_FAIL', 'nodeFailed', /n2 failed/],
    ['PREEMPTED', 'preempted', /^It was ended on n2 to make room for others, and was not begun again\..*--retry/],
    ['CANCELLED', 'cancelled', /cancelled/],
    ['FAILED', 'failed', /failed on n2/],
  ])('has ended where Slurm says %s and itself nothing more', (state, named, why) => {
    const said = word('running', 2);
    const { seen } = after([look(3, line(state, { node: 'n2' })), said]);
    expect(progress(seen, said, 3)).toMatchObject({
      state: named,
      node: 'n2',
      why: expect.stringMatching(why) as string,
    });
    expect(isSettled(knownTask('7', 0, said, seen))).toBe(true);
    // Slurm forgets it: what was said stays.
    const later = afterLook(JOB, { seen, words: [said] }, look(9), MINUTE);
    expect([later.seen.tasks, later.gone.size]).toEqual([seen.tasks, 0]);
    // Begun again by hand, it counts no more.
    expect(isSettled(knownTask('7', 0, word('running', 9, { startedAt: at(9) }), seen))).toBe(false);
  });

  it.each(['TIMEOUT', 'OUT_OF_MEMORY', 'NODE_FAIL', 'PREEMPTED', 'PENDING', 'RUNNING', 'COMPLETED'])(
    'of shards is said to be handed over again after %s, as their commands have no --retry',
    (state) => {
      const shards: JobFile = { ...JOB, kind: 'shards', tasks: ['1/2', '2/2'] };
      const { seen } = after([look(3, line(state, { node: 'n2' }))], [look(5)], [look(7)]);
      const why = progress(seen, undefined, 7, shards).why ?? '';
      expect(why).not.toMatch(/--retry|Retry|microBatchSize/);
      if (state !== 'COMPLETED') expect(why).toContain('Hand it over again');
    },
  );

  it('has ended as Slurm says though its node has a clock that goes ahead of this one', () => {
    const said = word('running', 12, { startedAt: at(11) });
    const running = look(1, line('RUNNING', { node: 'n1' }));
    const { seen } = after([running, said], [look(2, line('OUT_OF_MEMORY', { node: 'n1' })), said]);
    expect(progress(seen, said, 2)).toMatchObject({ state: 'outOfMemory', workedUntil: at(13) });
    expect(isSettled(knownTask('7', 0, said, seen))).toBe(true);
    // An answer of before says nothing of a turn that was begun since.
    const again = word('running', 13, { startedAt: at(13), restarts: 1 });
    const later = afterLook(JOB, { seen, words: [again] }, look(3, line('OUT_OF_MEMORY', { node: 'n1' })), MINUTE).seen;
    expect(progress(later, again, 3)).toMatchObject({ state: 'running', restarts: 1 });
  });

  it('has ended by its own word, and is not asked after', () => {
    const said = word('ended', 2, { error: 'No data.' });
    expect(progress(undefined, said, 3)).toMatchObject({ state: 'ended', why: 'No data.' });
    expect(after([look(5), said], [look(7), said])).toMatchObject({ gone: [], seen: { tasks: {} } });
  });

  it('is lost, perhaps cancelled, where Slurm has forgotten it before it is known to have begun', () => {
    const waited = after([look(1, line('PENDING'))], [look(2)], [look(3)]).seen;
    expect(progress(waited, undefined, 3)).toMatchObject({
      state: 'lost',
      why: expect.stringMatching(/perhaps it was cancelled while it waited\. Submit it by --retry/) as string,
    });
    const began = after([look(1, line('RUNNING', { node: 'n1' }))], [look(2)], [look(3)]).seen;
    expect(progress(began, undefined, 3).why).toMatch(/See its log/);
  });

  it('has ended well where it was cancelled after its last word', () => {
    const { seen } = after([look(3, line('CANCELLED', { node: 'n1' }))]);
    expect(progress(seen, word('ended', 2), 3)).toMatchObject({ state: 'ended', why: undefined });
    expect(progress(seen, word('ended', 2, { error: 'No data.' }), 3)).toMatchObject({ state: 'cancelled' });
  });

  it('is lost only where two looks a minute apart do not find it', () => {
    const once = after([look(1, line('RUNNING', { node: 'n1' }))], [look(2)]);
    expect(once.gone).toEqual([]);
    expect(progress(once.seen, undefined, 2)).toMatchObject({ state: 'queued' });
    const twice = after([look(1, line('RUNNING', { node: 'n1' }))], [look(2)], [look(3)]);
    expect([twice.gone, progress(twice.seen, undefined, 3).state]).toEqual([[0], 'lost']);
    // Found again in between, it is not.
    expect(after([look(1)], [look(1.5, line('PENDING'))], [look(2.2)]).gone).toEqual([]);
  });

  it('that was killed while it stopped is cancelled where its log said so, else lost, as a person is told', () => {
    const lost = (told: NonNullable<TaskFile['told']>): Partial<TaskProgress> => {
      const said = word('running', 2, { told });
      expect(progress(undefined, said, 3)).toMatchObject({
        state: 'running',
        why: expect.stringMatching(/told to stop/) as string,
      });
      return progress(after([look(3), said], [look(5), said]).seen, said, 5);
    };
    expect(lost('cancelled')).toMatchObject({ state: 'cancelled', why: 'It was cancelled.' });
    expect(lost('unknown')).toMatchObject({
      state: 'lost',
      why: expect.stringMatching(/killed before it had.*--retry/) as string,
    });
  });

  it('that ran out of memory, or was killed, is told what it asked for and what to ask for', () => {
    const why = (...said: Parameters<typeof line>): string | undefined =>
      progress(after([look(3, line(...said))]).seen, undefined, 3).why;
    expect(why('OUT_OF_MEMORY', { node: 'n1' })).toBe(
      'It ran out of memory on n1, of which it had asked for 2G. Retry with more, such as --memory 4G, or with smaller batches (training.microBatchSize).',
    );
    for (const exit of ['0:9', '137:0']) {
      const tasks = { 0: { state: 'FAILED', reason: 'NonZeroExitCode', node: 'n1', exit, at: at(3), job: '7' } };
      expect(progress({ format: 1, at: at(3), tasks }, word('running', 2), 3)).toMatchObject({
        state: 'failed',
        why: expect.stringMatching(
          /^It was killed on n1, perhaps for want of memory, of which it had asked for 2G\. Retry with more, such as --memory 4G/,
        ) as string,
      });
    }
  });

  it('is not missed by a look from before it was handed over, or before it spoke last', () => {
    expect(after([look(-0.5)], [look(0)]).seen.tasks).toEqual({});
    expect(after([look(2), word('running', 3)], [look(3), word('running', 4)]).seen.tasks).toEqual({});
  });

  it('ends as scontrol or sacct says where it was gone', () => {
    const found = afterLook(JOB, { seen: after([look(1)]).seen, words: [undefined] }, look(2), MINUTE);
    const seen = afterEnd(found, new Map([['7', { tasks: new Map([[0, OUT_OF_MEMORY]]), isAll: false }]]));
    expect(progress(seen, undefined, 2)).toMatchObject({ state: 'outOfMemory', node: 'n1' });
  });

  it('stays missing, and is asked after again, where not all answered who may know how it ended', () => {
    const missing = after([look(1, line('RUNNING', { node: 'n1' }))], [look(2)]).seen;
    const found = afterLook(JOB, { seen: missing, words: [undefined] }, look(3), MINUTE);
    expect([...found.gone]).toEqual([[0, '7']]);
    const unknown = { tasks: new Map([[1, OUT_OF_MEMORY]]), isAll: false };
    const seen = afterEnd(found, new Map([['7', unknown]]));
    expect(progress(seen, undefined, 3)).toMatchObject({ state: 'queued' });
    expect(isSettled(knownTask('7', 0, undefined, seen))).toBe(false);
    const again = afterLook(JOB, { seen, words: [undefined] }, look(4), MINUTE);
    expect([...again.gone]).toEqual([[0, '7']]);
    const lost = afterEnd(again, new Map([['7', { ...unknown, isAll: true }]]));
    expect(progress(lost, undefined, 4).state).toBe('lost');
  });

  it('whose process was killed is out of memory where its node counts that, or Slurm says so; else perhaps', () => {
    const killed = (how: 'outOfMemory' | 'unknown', seen?: SeenFile): TaskProgress =>
      progress(seen, word('ended', 2, { error: 'It was killed.', killed: how }), 3);
    const more = {
      state: 'outOfMemory',
      isKilled: false,
      why: 'It ran out of memory on n1, of which it had asked for 2G. Retry with more, such as --memory 4G, or with smaller batches (training.microBatchSize).',
    };
    expect(killed('outOfMemory')).toMatchObject(more);
    expect(killed('unknown', after([look(3, line('OUT_OF_MEMORY', { node: 'n1' }))]).seen)).toMatchObject(more);
    for (const seen of [undefined, after([look(3, line('FAILED', { node: 'n1' }))]).seen])
      expect(killed('unknown', seen)).toMatchObject({ state: 'ended', isKilled: true, why: 'It was killed.' });
  });

  it('that a node could not open the log of is told that it does not see the folder', () => {
    const tasks = { 0: { state: 'FAILED', reason: 'NonZeroExitCode', node: 'n1', exit: '0:53', at: at(3), job: '7' } };
    expect(progress({ format: 1, at: at(3), tasks }, undefined, 3)).toMatchObject({
      state: 'failed',
      isKilled: false,
      why: expect.stringMatching(
        /^It was not begun on n1: its node cannot open its log, .*does not see this folder/,
      ) as string,
    });
  });

  it('may have worked until a beat after its last word, and no longer than that where it stopped itself', () => {
    expect(progress(undefined, undefined, 3).workedUntil).toBeUndefined();
    expect(progress(undefined, word('running', 2), 3).workedUntil).toBe(at(3));
    expect(progress(undefined, word('requeued', 2), 3).workedUntil).toBe(at(2));
    expect(progress(undefined, word('ended', 2), 3).workedUntil).toBe(at(2));
  });

  it('that goes on in a chained job is looked for there, and what was said of the former job is no more', () => {
    const said = word('requeued', 2, { chained: '30' });
    const first = after([look(3, line('TIMEOUT')), undefined as unknown as TaskFile]);
    expect(progress(first.seen, said, 3)).toMatchObject({ state: 'requeued', id: '30_0' });
    const { seen } = after([
      look(3, line('COMPLETED'), line('PENDING', { job: '30', id: '30', index: null, reason: 'Dependency' })),
      said,
    ]);
    expect(progress(seen, said, 3)).toMatchObject({
      state: 'requeued',
      why: expect.stringMatching(/another job/) as string,
    });
  });

  it('that ended well for Slurm and has not said so is late for a minute, and then failed: is the disk shared?', () => {
    const { seen } = after([look(3, line('COMPLETED', { node: 'n2' }))]);
    expect(progress(seen, undefined, 3.5)).toMatchObject({ state: 'running' });
    expect(progress(seen, undefined, 4.5)).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/on the disk/) as string,
    });
  });

  it('of a submission that was cut short is lost with what to do', () => {
    const job = { ...JOB, id: null };
    const tasks = { 0: { state: 'GONE', reason: '', node: '', at: at(2) } };
    expect(progress({ format: 1, at: at(2), tasks }, undefined, 3, job)).toMatchObject({
      state: 'lost',
      id: undefined,
      why: expect.stringMatching(/cut short.*--retry/) as string,
    });
  });
});
