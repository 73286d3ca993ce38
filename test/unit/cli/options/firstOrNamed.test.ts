import { describe, expect, it } from 'vitest';
import { firstOrNamed } from '../../../../src/cli/options/arguments';

describe('firstOrNamed', () => {
  it('takes a number for so many first test images, and names as they are', () => {
    expect(firstOrNamed(['2'], 5)).toEqual([0, 1].map((index) => ({ kind: 'set', set: 'test', index })));
    expect(firstOrNamed(['train:7'], 5)).toEqual([{ kind: 'set', set: 'train', index: 7 }]);
    expect(firstOrNamed(['1', '2'], 5)).toEqual(['1', '2'].map((path) => ({ kind: 'file', path })));
    expect(firstOrNamed([], 5)).toEqual([]);
  });

  it.each(['0', '6'])('refuses %s of five with what could be chosen', (word) => {
    expect(() => firstOrNamed([word], 5)).toThrow('a whole number from 1 to 5');
  });

  it('says that a data set has no test images', () => {
    expect(() => firstOrNamed(['1'], 0)).toThrow('no test images');
  });
});
