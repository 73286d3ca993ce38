import { describe, expect, it } from 'vitest';
import {
  chosenOf,
  marked,
  problemOf,
  sameSelection,
  selectionOf,
  sizeOf,
  toggled,
} from '../../../../webview/gallery/selection';

const some = selectionOf({ test: [3, 17], train: [5] });

describe('the selection', () => {
  it('toggles one, marks many, and gives them in order', () => {
    expect(chosenOf(toggled(some, 'test', 3))).toEqual({ test: [17], train: [5] });
    expect(chosenOf(marked(some, 'test', [20, 1, 3], true))).toEqual({ test: [1, 3, 17, 20], train: [5] });
    expect(sizeOf(some)).toBe(3);
  });

  it('is the same where it holds the same', () => {
    expect(sameSelection(some, selectionOf({ test: [17, 3], train: [5] }))).toBe(true);
    expect(sameSelection(some, selectionOf({ test: [17, 4], train: [5] }))).toBe(false);
  });

  it('says what a study file cannot hold', () => {
    expect(problemOf(some)).toBeUndefined();
    expect(problemOf(selectionOf({ test: [], train: [] }))).toContain('at least one');
    const many = Array.from({ length: 1001 }, (_, index) => index);
    expect(problemOf(selectionOf({ test: many, train: [] }))).toBe('A study holds at most 1,000 test images.');
  });
});
