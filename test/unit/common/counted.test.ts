import { expect, it } from 'vitest';
import { counted, wholeText } from '../../../src/common/counted';

it('one thing is one, and thousands are grouped', () => {
  expect([0, 1, 2, 1017].map((count) => counted(count, 'image'))).toEqual([
    '0 images',
    '1 image',
    '2 images',
    '1,017 images',
  ]);
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
  expect(wholeText(10_000)).toBe('10,000');
});
