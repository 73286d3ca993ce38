import { expect, test } from 'vitest';
import { createTimeLeft } from '../../../src/common/timeLeft';

test('the time left follows from what was counted since the first count', () => {
  let now = 5000;
  const timeLeft = createTimeLeft(() => now);
  expect(timeLeft(10, 110)).toBeUndefined();
  now += 2000;
  // 20 in two seconds: 80 more take eight.
  expect(timeLeft(30, 110)).toBe(8);
  expect(timeLeft(110, 110)).toBe(0);
});
