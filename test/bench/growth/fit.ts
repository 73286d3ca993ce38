/** A cost that grows with a count, in milliseconds. */
export interface Point {
  readonly count: number;
  readonly milliseconds: number;
}

export interface Line {
  readonly fixed: number;
  readonly perUnit: number;
  /** How far the worst point lies from the line, as a share of what the line says. */
  readonly deviation: number;
}

/** The line of least squares. @param points at least two counts */
export function fitLine(points: readonly Point[]): Line {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, each) => sum + of(each), 0) / points.length;
  const [count, milliseconds] = [mean((point) => point.count), mean((point) => point.milliseconds)];
  const together = mean((point) => (point.count - count) * (point.milliseconds - milliseconds));
  const perUnit = together / mean((point) => (point.count - count) ** 2);
  const fixed = milliseconds - perUnit * count;
  const off = points.map((point) => Math.abs(point.milliseconds / (fixed + perUnit * point.count) - 1));
  return { fixed, perUnit, deviation: Math.max(...off) };
}
