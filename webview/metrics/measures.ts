/** What there is to see of an epoch. */
import type { EpochValues } from '../../src/protocol/metrics';

export type Measure = 'accuracy' | 'loss';
export type Part = 'test' | 'train';

export const PARTS: readonly Part[] = ['test', 'train'];
export const PART_TEXT: Readonly<Record<Part, string>> = { test: 'test', train: 'training' };
export const MEASURE_TEXT: Readonly<Record<Measure, string>> = {
  accuracy: 'Accuracy (%)',
  loss: 'Loss (cross-entropy)',
};

export function valueOf(values: EpochValues, measure: Measure, part: Part): number | null {
  if (measure === 'accuracy') return part === 'test' ? values.testAccuracy : values.trainAccuracy;
  return part === 'test' ? values.testLoss : values.trainLoss;
}

export function formatValue(value: number | null | undefined, measure: Measure): string {
  if (value === null || value === undefined) return '–';
  return measure === 'accuracy' ? value.toFixed(1) : value.toPrecision(4);
}
