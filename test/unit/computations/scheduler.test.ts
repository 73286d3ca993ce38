import { describe, expect, it, vi } from 'vitest';
import { createCache } from '../../../src/common/cache';
import { createScheduler } from '../../../src/computations/scheduler';
import type { Job } from '../../../src/common/jobs';

const never = new AbortController().signal;
const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('go one at a time, what a person waits for before what can wait', async () => {
    const scheduler = createScheduler();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await soon();
      order.push(`${name} ends`);
    };
    await Promise.all([
      scheduler.take('later', never, work('a')),
      scheduler.take('later', never, work('b')),
      scheduler.take('soon', never, work('c')),
    ]);
    expect(order).toEqual(['a begins', 'a ends', 'c begins', 'c ends', 'b begins', 'b ends']);
  });

  it('are given away between two batches, to equals and to what is more urgent', async () => {
    const scheduler = createScheduler();
    const order: string[] = [];
    const work = (name: string) => async (yieldTurn: () => Promise<void>) => {
      for (let batch = 1; batch <= 2; batch++) {
        order.push(`${name}${batch}`);
        await yieldTurn();
      }
    };
    await Promise.all([
      scheduler.take('later', never, work('later')),
      scheduler.take('soon', never, work('a')),
      scheduler.take('soon', never, work('b')),
    ]);
    expect(order).toEqual(['later1', 'a1', 'b1', 'a2', 'b2', 'later2']);
  });

  it('can be given up while waiting, also for a second time, and are free after a failure', async () => {
    const scheduler = createScheduler();
    const controller = new AbortController();
    const failing = scheduler.take('soon', never, async () => {
      await soon();
      throw new Error('failed');
    });
    const waiting = scheduler.take('soon', controller.signal, () => Promise.resolve('no'));
    controller.abort();
    await expect(waiting).rejects.toThrow('cancelled');
    await expect(failing).rejects.toThrow('failed');
    const second = new AbortController();
    const gaveWay = scheduler.take('later', second.signal, async (yieldTurn) => {
      await soon();
      await yieldTurn();
    });
    const urgent = scheduler.take('soon', never, async () => {
      second.abort();
      await soon();
      return 'done';
    });
    await expect(gaveWay).rejects.toThrow('cancelled');
    expect(await urgent).toBe('done');
    expect(await scheduler.take('later', never, () => Promise.resolve('free'))).toBe('free');
  });
});

describe('a long wait', () => {
  it('is told with the job that has the turn, and told when it is over', async () => {
    const scheduler = createScheduler();
    const told: [string, string | null][] = [];
    const as = (job: Job) => scheduler.takenFor(job, (behind) => told.push([job, behind]));
    const long = (milliseconds: number) => () => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
    await Promise.all([
      as('tests').take('later', never, long(300)),
      as('predictions').take('later', never, long(0)),
      as('heatmaps').take('soon', never, long(0)),
    ]);
    expect(told).toEqual([
      ['predictions', 'tests'],
      ['heatmaps', 'tests'],
      ['heatmaps', null],
      ['predictions', null],
    ]);
  });

  it('is not told where it is short, or was given up', async () => {
    const scheduler = createScheduler();
    const told: (string | null)[] = [];
    const controller = new AbortController();
    const waiting = scheduler.takenFor('heatmaps', (behind) => told.push(behind));
    const first = scheduler.takenFor('tests', undefined).take('later', never, soon);
    await Promise.all([first, waiting.take('soon', never, soon)]);
    const holding = scheduler.take('soon', never, () => new Promise<void>((resolve) => setTimeout(resolve, 250)));
    const given = waiting.take('soon', controller.signal, soon);
    controller.abort();
    await expect(given).rejects.toThrow('cancelled');
    await holding;
    expect(told).toEqual([]);
  });
});

describe('what is kept', () => {
  it('is made once, until it is one too many, but never taken from who uses it', async () => {
    const disposed: string[] = [];
    const kept = createCache<string>({ most: 1, idleMilliseconds: 1000, dispose: (value) => disposed.push(value) });
    const make = vi.fn((value: string) => () => Promise.resolve(value));
    await kept.use('a', make('a'), async () => {
      await kept.use('b', make('b'), () => undefined);
      await kept.use('c', make('c'), () => undefined);
      await soon();
      expect(disposed).toEqual(['b', 'c']);
    });
    expect(
      await kept.use(
        'a',
        () => Promise.reject(new Error('made twice')),
        (value) => value,
      ),
    ).toBe('a');
  });

  it('is released when idle, and a failure is not kept', async () => {
    vi.useFakeTimers();
    try {
      const disposed: number[] = [];
      const kept = createCache<number>({ most: 2, idleMilliseconds: 1000, dispose: (value) => disposed.push(value) });
      await expect(
        kept.use(
          'a',
          () => Promise.reject(new Error('no')),
          () => 0,
        ),
      ).rejects.toThrow('no');
      expect(
        await kept.use(
          'a',
          () => Promise.resolve(1),
          (value) => value,
        ),
      ).toBe(1);
      await vi.advanceTimersByTimeAsync(999);
      expect(disposed).toEqual([]);
      await vi.advanceTimersByTimeAsync(2);
      expect(disposed).toEqual([1]);
    } finally {
      vi.useRealTimers();
    }
  });
});
