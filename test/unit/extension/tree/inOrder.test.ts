import { expect, test } from 'vitest';
import { oneAfterAnother } from '../../../../src/extension/tree/inOrder';

test('work that is asked for while it is done is done once more behind it, with what is there then', async () => {
  const seen: number[] = [];
  let value = 0;
  const ask = oneAfterAnother(async () => {
    const found = value;
    await Promise.resolve();
    seen.push(found);
  });
  const first = ask();
  value = 1;
  const second = ask();
  value = 2;
  expect(ask()).toBe(second);
  await first;
  expect(seen).toEqual([0]);
  await second;
  expect(seen).toEqual([0, 2]);
});

test('after work that has failed, what was asked for meanwhile is done', async () => {
  let calls = 0;
  const ask = oneAfterAnother(() => (++calls === 1 ? Promise.reject(new Error('of the first')) : Promise.resolve()));
  const first = ask();
  const second = ask();
  await expect(first).rejects.toThrow('of the first');
  await second;
  expect(calls).toBe(2);
});
