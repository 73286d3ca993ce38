/** Sections whose numbers are curves over epochs: their charts, and the values of an epoch beside them. */
import * as l10n from '@vscode/l10n';
import { epochCurves, type CurveMark, type EpochCurve } from '../chart/epochCurves';
import type { ChartColours, SeriesStyle } from '../chart/palette';
import type { ReadoutProperties, ReadoutRow } from '../chart/readout';
import { accuracyText } from '../common/text';
import type { Figure, Numbers } from './content';
import { shortNumbers } from './numberTexts';

/** Test accuracy by epoch, in per cent; null where it was not measured. */
export type Accuracies = ReadonlyMap<number, number | null>;

/** What a chart stands beside. */
export interface ChartBasis {
  readonly accuracies: Accuracies;
  readonly colours: ChartColours;
}

export interface Curve {
  readonly name: string;
  readonly style: SeriesStyle;
  readonly at: (epoch: number) => Numbers | null;
}

export interface CurveChart {
  readonly key: string;
  readonly title: string;
  readonly range: { readonly min: number | null; readonly max: number | null };
  readonly curves: readonly Curve[];
  readonly marks?: readonly CurveMark[];
}

export const NO_ENDS = { min: null, max: null };

export function curveFigures(
  charts: readonly CurveChart[],
  epochs: readonly number[],
  { accuracies, colours }: ChartBasis,
): Figure[] {
  return charts.map(({ key, title, range, curves, marks = [] }) => ({
    key,
    label: l10n.t('{0} by epoch. The arrow keys read out the epochs.', title),
    content: epochCurves({
      title,
      epochs,
      curves: curves.map(({ name, style, at }): EpochCurve => ({ name, style, points: epochs.map(at) })),
      range,
      accuracies,
      marks,
      colours,
    }),
  }));
}

/** A row for each name of a curve, which is also the charts' legend, and a column for each chart. */
export function curveReadout(
  charts: readonly CurveChart[],
  epochs: readonly number[],
  { accuracies }: ChartBasis,
): (epoch: number | undefined) => ReadoutProperties {
  const curves = new Map(charts.flatMap((chart) => chart.curves.map((curve) => [curve.name, curve.style] as const)));
  return (chosen) => {
    const epoch = epochs.find((each) => each === chosen) ?? epochs.at(-1);
    if (epoch === undefined) return { epoch, heads: [], rows: [] };
    const rows = [...curves].map(([name, style]): ReadoutRow => ({
      name,
      style,
      cells: charts.map((chart) => {
        const curve = chart.curves.find((each) => each.name === name);
        return curve && shortNumbers(curve.at(epoch));
      }),
    }));
    const accuracy = accuracyText(accuracies.get(epoch) ?? null) || '–';
    return {
      epoch,
      heads: charts.map(({ title }) => title),
      rows: [...rows, { name: l10n.t('test accuracy (dotted)'), cells: [accuracy] }],
    };
  };
}
