import { expect, it } from 'vitest';
import { CancelledError } from '../../../src/common/errors';
import { keptOrComputed, type Wanted } from '../../../src/computations/keptOrComputed';
import { createScheduler } from '../../../src/computations/scheduler';

/** Squares of numbers, of which some are kept. */
function squares(kept: Map<number, number>, groups: number[][]) {
  const told: string[] = [];
  const controller = new AbortController();
  const wanted: Wanted<number, number> = {
    groups,
    store: {
      load: (items) => Promise.resolve(items.map((item) => kept.get(item))),
      store: (item, value) => Promise.resolve(void kept.set(item, value)),
    },
    priority: 'soon',
    take: (items, values, state) => items.forEach((item, at) => told.push(`${item}² = ${values[at] ?? NaN} ${state}`)),
    onMissing: (items) => void told.push(`missing ${items.join()}`),
    compute: async (items, computed, { next }) => {
      told.push(`compute ${items.join()} before ${next?.join() ?? 'nothing'}`);
      for (const item of items) await computed([item], [item * item]);
    },
  };
  const work = {
    scheduler: createScheduler(),
    start: () => Promise.resolve(void told.push('start')),
    onWarning: (text: string) => void told.push(text),
    signal: controller.signal,
  };
  return { told, controller, wanted, work };
}

it('takes what is kept of all groups first, computes the rest a group at a time, and keeps it', async () => {
  const kept = new Map([[2, 4]]);
  const { told, wanted, work } = squares(kept, [[1, 2], [3]]);
  expect(await keptOrComputed(wanted, work)).toEqual({ kept: 1, computed: 2, missing: [] });
  expect(told).toEqual([
    '2² = 4 kept',
    'missing 1,3',
    'start',
    'compute 1 before 3',
    '1² = 1 computed',
    'compute 3 before nothing',
    '3² = 9 computed',
  ]);
  expect([...kept.keys()].sort()).toEqual([1, 2, 3]);
});

it('starts no engine where all is kept, nor where nothing may be computed', async () => {
  const all = squares(new Map([[1, 1]]), [[1]]);
  await keptOrComputed(all.wanted, all.work);
  const none = squares(new Map(), [[1, 2]]);
  const found = await keptOrComputed({ ...none.wanted, compute: undefined }, none.work);
  expect(found).toEqual({ kept: 0, computed: 0, missing: [1, 2] });
  expect([...all.told, ...none.told]).not.toContain('start');
});

it('computes once what two ask for at the same time', async () => {
  const { told, wanted, work } = squares(new Map(), [[1], [2]]);
  const both = await Promise.all([keptOrComputed(wanted, work), keptOrComputed(wanted, work)]);
  expect(both.map(({ computed }) => computed)).toEqual([2, 0]);
  expect(told.filter((text) => text.startsWith('compute'))).toHaveLength(2);
});

it('goes on where a value cannot be kept, with a word, and stops where it is cancelled', async () => {
  const { told, controller, wanted, work } = squares(new Map(), [[1], [2]]);
  const store = (): Promise<never> => Promise.reject(new Error('disk full'));
  await keptOrComputed({ ...wanted, store: { ...wanted.store, store } }, work);
  expect(told.filter((text) => text === 'results could not be kept')).toHaveLength(2);
  controller.abort();
  await expect(keptOrComputed(wanted, work)).rejects.toThrow(CancelledError);
});
