/** Curves of means over images by epoch, beside accuracy. */
import type { Estimate } from '../../statistics/schemas';
import type { RunContent } from '../content';
import { curveColour, type Curve } from '../curves';

export interface EstimateAt {
  readonly epoch: number;
  readonly value: Estimate | null | undefined;
}

/** @param at its place among the curves of a chart */
export function estimateCurve(name: string, at: number, points: readonly EstimateAt[]): Curve {
  return {
    name,
    colour: curveColour(at),
    points: points.map(({ epoch, value }) => [epoch, value?.mean ?? null] as const),
    intervals: points.flatMap(({ epoch, value }) => {
      const within = value?.interval;
      return within ? [[epoch, within.low, within.high] as const] : [];
    }),
  };
}

/** The axis on the right of a chart with `accuracyCurve`. */
export const ACCURACY_AXIS = { unit: '%', range: [0, 100] } as const;

/** Of all test images, dashed, by the axis on the right. */
export function accuracyCurve({ metrics, accuracies }: RunContent, epochs: readonly number[]): Curve {
  const known = new Map<number, number | null>(metrics.map(({ epoch, testAccuracy }) => [epoch, testAccuracy]));
  for (const { epoch, measured } of accuracies)
    if (measured !== null) known.set(epoch, (100 * measured.right) / measured.count);
  return {
    name: 'accuracy',
    colour: '#666',
    dashed: true,
    onRight: true,
    points: epochs.map((epoch) => [epoch, known.get(epoch) ?? null] as const),
  };
}
