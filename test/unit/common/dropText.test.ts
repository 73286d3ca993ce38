import { expect, it } from 'vitest';
import { fallsText } from '../../../src/common/dropText';

it('a negative drop is a rise', () => {
  expect(fallsText(0.0123, 3)).toBe('falls by 0.012');
  expect(fallsText(-0.0123, 3)).toBe('rises by 0.012');
  expect(fallsText(-0.0001, 3)).toBe('does not fall');
});
