import type { RunCurve } from '../../src/protocol/metrics';
import type { SeriesStyle } from '../chart/palette';

/** A run whose curves are drawn. */
export interface ShownRun {
  readonly curve: RunCurve;
  readonly style: SeriesStyle;
}
