/** The chart of a measure over epochs. */
import * as l10n from '@vscode/l10n';
import { settledEpoch } from '../../src/measures/drift';
import type { Attention } from '../../src/protocol/engine';
import type { ChartContent } from '../chart/content';
import { epochCurves, type CurveMark } from '../chart/epochCurves';
import { styleOf, type ChartColours, type SeriesStyle } from '../chart/palette';
import { decimal } from '../common/text';
import type { Accuracies } from './driftState';
import { COMPARISONS, comparisonText, curvesOf, drawnValue, measureTitle, type Curve, type Measure } from './measures';

export interface ChartInput {
  readonly measure: Measure;
  readonly attention: Attention;
  readonly accuracies: Accuracies;
  readonly colours: ChartColours;
}

/** A curve's style, the same in all charts. */
export function curveStyle({ comparison }: Pick<Curve, 'comparison'>): SeriesStyle {
  return styleOf(COMPARISONS.indexOf(comparison));
}

export function chartContent({ measure, attention, accuracies, colours }: ChartInput): ChartContent {
  return epochCurves({
    title: measureTitle(measure.key),
    epochs: attention.epochs.map(({ epoch }) => epoch),
    curves: curvesOf(measure, attention).map((curve) => ({
      name: comparisonText(curve.comparison),
      style: curveStyle(curve),
      points: attention.epochs.map((point) => drawnValue(curve, point)),
    })),
    range: measure.range,
    accuracies,
    marks: marksOf(attention, measure),
    colours,
  });
}

/** Marks the epoch of settling, and for the share inside the value of evenly spread heat. */
function marksOf({ settling, maskArea }: Attention, { key }: Measure): CurveMark[] {
  const settled = settledEpoch(settling.target);
  return [
    ...(settled === null ? [] : [{ xAxis: settled, text: l10n.t('settled: {0}', settled) }]),
    ...(key === 'inMask' && maskArea !== null
      ? [{ yAxis: maskArea, text: l10n.t('spread evenly: {0}', decimal(maskArea.toFixed(2))) }]
      : []),
  ];
}
