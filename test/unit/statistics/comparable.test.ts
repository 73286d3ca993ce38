import { describe, expect, it } from 'vitest';
import { isEnoughCompared, partCompared } from '../../../src/statistics/comparable';

describe('a mean over maps that can be compared', () => {
  it.each([
    // [images compared, of, pairs compared, of]
    [1, 200, 1, 600, false],
    [1, 16, 1, 16, false],
    [8, 16, 8, 16, true],
    [7, 16, 7, 16, false],
    // Half of the pairs, of too few images.
    [4, 200, 300, 600, false],
    [5, 200, 300, 600, true],
    [5, 200, 299, 600, false],
    // Of fewer than five images, all of them.
    [1, 1, 1, 1, true],
    [3, 3, 9, 9, true],
    [3, 3, 5, 9, true],
    [2, 3, 6, 9, false],
    [0, 0, 0, 0, false],
    [0, 3, 0, 9, false],
  ])('of %i of %i images and %i of %i pairs is enough: %s', (images, ofImages, pairs, ofPairs, enough) => {
    expect(isEnoughCompared({ compared: images, of: ofImages }, { compared: pairs, of: ofPairs })).toBe(enough);
  });

  it('is said to be of a part where it is', () => {
    expect(partCompared({ compared: 1, of: 600 })).toBe('1 of 600');
    expect(partCompared({ compared: 600, of: 600 })).toBeUndefined();
  });
});
