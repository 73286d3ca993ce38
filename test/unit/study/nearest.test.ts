import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../src/study/nearest';

describe('nearest', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['same', 'same', 0],
    ['seed', 'sede', 1],
    ['ab', 'ba', 1],
  ])('%s is %s at distance %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('finds another spelling, and nothing where all is different', () => {
    const known = ['epochs', 'batchSize', 'learningRate'];
    expect(nearest('learning_rate', known)).toBe('learningRate');
    expect(nearest('epoch', known)).toBe('epochs');
    expect(nearest('dropout', known)).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});
