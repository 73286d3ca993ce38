import { describe, expect, it } from 'vitest';
import { areFinite, indexOfLargest } from '../../../src/common/scores';

describe('the index of the largest', () => {
  it.each([
    [[1, 3, 2], 1],
    [[2, 2], 0],
    [[-5], 0],
    [[], -1],
    [[NaN, 1], -1],
    [[1, NaN], -1],
    [[Infinity, 1], -1],
    [[1, -Infinity], -1],
  ])('of %j is %i', (values, index) => {
    expect(indexOfLargest(values)).toBe(index);
    expect(areFinite(values)).toBe(index !== -1 || values.length === 0);
  });
});
