import { expect, test } from 'vitest';
import { localTime } from '../../../src/common/localTime';

test('a moment is told by the clock on the wall, whatever its time zone', () => {
  expect(localTime(new Date(2026, 0, 3, 7, 5, 59).toISOString())).toBe('2026-01-03 07:05');
  expect(localTime(new Date(2026, 10, 30, 17, 11).toISOString())).toBe('2026-11-30 17:11');
});
