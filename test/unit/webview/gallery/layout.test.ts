import { describe, expect, it } from 'vitest';
import {
  GAP,
  heightOf,
  layOut,
  leftOf,
  moved,
  positionAt,
  scrollToShow,
  topOf,
  visibleRange,
} from '../../../../webview/gallery/layout';

/** 4 columns of 48 with gaps of 4 in 212 pixels: nothing is left over but the margins. */
const layout = layOut(212, 48, 60_000);

describe('where tiles lie', () => {
  it('fits as many columns as there is room for', () => {
    expect(layout).toMatchObject({ columns: 4, left: 4 });
    expect(layOut(30, 48, 5).columns).toBe(1);
    expect(heightOf(layout)).toBe(15_000 * 52 + GAP);
  });

  it('finds a tile by a point, and its place by its position', () => {
    for (const position of [0, 3, 4, 59_999]) {
      expect(positionAt(layout, leftOf(layout, position) + 24, topOf(layout, position) + 24)).toBe(position);
    }
    expect(positionAt(layout, leftOf(layout, 0) + 49, 10)).toBeUndefined();
    expect(positionAt(layout, 10, heightOf(layout) + 10)).toBeUndefined();
    expect(positionAt(layOut(212, 48, 5), leftOf(layout, 6) + 5, topOf(layout, 6) + 5)).toBeUndefined();
  });

  it('knows what is in sight', () => {
    expect(visibleRange(layout, 0, 100)).toEqual({ first: 0, end: 8 });
    expect(visibleRange(layout, 520, 104)).toEqual({ first: 36, end: 48 });
    expect(visibleRange(layOut(212, 48, 5), 0, 1000)).toEqual({ first: 0, end: 5 });
  });

  it('moves by keys, and stays within', () => {
    const small = layOut(212, 48, 10);
    expect(moved(small, 0, 'ArrowLeft', 500)).toBe(0);
    expect(moved(small, 3, 'ArrowRight', 500)).toBe(4);
    expect(moved(small, 5, 'ArrowUp', 500)).toBe(1);
    expect(moved(small, 1, 'ArrowUp', 500)).toBe(1);
    expect(moved(small, 7, 'ArrowDown', 500)).toBe(7);
    expect(moved(small, 1, 'End', 500)).toBe(9);
    expect(moved(layout, 100, 'PageDown', 520)).toBe(100 + 9 * 4);
    expect(moved(layout, 101, 'PageUp', 520)).toBe(101 - 9 * 4);
    expect(moved(layout, 5, 'PageUp', 520)).toBe(1);
    expect(moved(layout, 5, 'x', 520)).toBeUndefined();
    expect(moved(layOut(212, 48, 0), 0, 'End', 520)).toBeUndefined();
  });

  it('scrolls no further than it has to', () => {
    expect(scrollToShow(layout, 0, 300, 200)).toBe(0);
    expect(scrollToShow(layout, 8, 100, 200)).toBe(100);
    expect(scrollToShow(layout, 40, 0, 200)).toBe(10 * 52 + 56 - 200);
  });
});
