import type { Interval } from '../../src/statistics/schemas';
import type { SeriesStyle } from './palette';

/** Two invisible lines with the space between them coloured. @param name its own among the bands of a chart */
export function bandSeries(
  name: string,
  { colour }: SeriesStyle,
  points: readonly { readonly epoch: number; readonly interval: Interval | null }[],
) {
  const hidden = {
    type: 'line',
    stack: name,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { width: 0, opacity: 0 },
    emphasis: { disabled: true },
    z: 1,
  };
  return [
    { ...hidden, data: points.map(({ epoch, interval }) => [epoch, interval?.low ?? null]) },
    {
      ...hidden,
      areaStyle: { color: colour, opacity: 0.18 },
      data: points.map(({ epoch, interval }) => [epoch, interval && interval.high - interval.low]),
    },
  ];
}
