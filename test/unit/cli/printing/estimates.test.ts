import { describe, expect, it } from 'vitest';
import { dashLines, estimateText, intervalText, meanCells } from '../../../../src/cli/printing/estimates';
import type { Estimate } from '../../../../src/statistics/schemas';
import { fewOf } from '../../statistics/samples';

describe('numbers on the command line', () => {
  const around: Estimate = { mean: -0.00001, n: 200, interval: { low: -0.00004, high: 0.00002 }, intervalFrom: 100 };

  it('have no sign where they round to nothing', () => {
    expect(intervalText(around.interval, 4)).toBe('0.0000…0.0000');
    expect(intervalText({ low: -0.012, high: 0.02 }, 2)).toBe('-0.01…0.02');
    expect(meanCells(around, 4)).toEqual(['0.0000', '0.0000…0.0000']);
    expect(estimateText(around, 4)).toBe('0.0000 (95 % 0.0000…0.0000, 200 images)');
  });

  it('say why a dash stands for an interval', () => {
    const unchanged: Estimate = { mean: 0.9, n: 200, interval: null, intervalFrom: 25, withheld: 'fewChanges' };
    expect(estimateText(unchanged, 2)).toBe('0.90 (200 images: no interval: fewer than 5 predictions differ)');
    expect(dashLines([around, fewOf(0.5), unchanged])).toEqual([
      'A dash in place of an interval: fewer than 25 images for heatmaps; fewer than 5 predictions differ.',
    ]);
    expect(dashLines([{ ...around, interval: null }])).toEqual(['No intervals: all values the same.']);
  });
});
