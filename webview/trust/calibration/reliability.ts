/** A reliability diagram: accuracy against confidence, bin by bin, with intervals; on the diagonal they are the same. */
import * as l10n from '@vscode/l10n';
import type { ReliabilityBin } from '../../../src/measures/calibration/measured';
import type { ReadoutProperties } from '../../chart/readout';
import { styleOf, type ChartColours } from '../../chart/palette';
import { barSeries, plainOption, referenceLine } from '../../chart/plainOption';
import type { Figure, NumberRow, Numbers } from '../content';
import { numberText, shortNumbers } from '../numberTexts';
import { BINS, type Bins } from '../savedState';
import { scoresAt, type CalibrationPoint } from './answer';
import { atText, TEMPERATURES, type AtTemperature } from './texts';

/** Of all images at temperature 1, and of those that were not fitted on at the fitted one. */
export function reliabilityFigures(point: CalibrationPoint, bins: Bins, colours: ChartColours): Figure[] {
  return (['all', 'atTemperature'] as const).flatMap((at) => {
    const scores = scoresAt(point, at);
    return scores === null ? [] : [figureOf(point.epoch, at, scores[bins].bins, colours)];
  });
}

function figureOf(epoch: number, at: AtTemperature, all: readonly ReliabilityBin[], colours: ChartColours): Figure {
  const bins = all.filter(({ n }) => n > 0);
  const title = l10n.t('Reliability at epoch {0}: {1}', epoch, atText(at));
  const middles = bins.map(({ from, to }) => 50 * (from + to));
  const style = styleOf(TEMPERATURES.indexOf(at));
  const bars = bins.flatMap(({ from, to, accuracy }) => {
    const numbers = accuracyOf(accuracy);
    // A bin of equal mass may have one confidence alone.
    const [left, right] = to - from < 0.002 ? [from - 0.001, to + 0.001] : [from, to];
    return numbers === null
      ? []
      : [{ from: 100 * left, to: 100 * right, value: numbers.mean, interval: numbers.interval }];
  });
  return {
    key: `reliability ${at}`,
    label: l10n.t('{0}. The arrow keys read out the bins.', title),
    content: {
      option: plainOption({
        title,
        x: { name: l10n.t('confidence (%)'), min: 0, max: 100 },
        y: { min: 0, max: 1 },
        series: [...barSeries(title, style, bars, colours), referenceLine(colours, [0, 0], [100, 1])],
        colours,
      }),
      epochs: middles,
      pointAt: (middle) => ({ seriesIndex: 0, dataIndex: 5 * middles.indexOf(middle) + 1 }),
    },
    own: { readout: (value) => readout(bins, style, value) },
  };
}

function readout(
  bins: readonly ReliabilityBin[],
  style: ReturnType<typeof styleOf>,
  value: number | undefined,
): ReadoutProperties {
  const share = (value ?? 100) / 100;
  const distance = ({ from, to }: ReliabilityBin): number => Math.max(from - share, share - to, 0);
  const bin = [...bins].sort((a, b) => distance(a) - distance(b))[0];
  if (bin === undefined) return { epoch: undefined, heads: [], rows: [] };
  return {
    epoch: Math.round(100 * bin.from),
    head: l10n.t('Confidence {0} to {1}', numberText(bin.from), numberText(bin.to)),
    heads: [l10n.t('Accuracy'), l10n.t('Mean confidence'), l10n.t('Images')],
    rows: [
      {
        name: l10n.t('this bin'),
        style,
        cells: [shortNumbers(accuracyOf(bin.accuracy)), numberText(bin.confidence), bin.n],
      },
    ],
  };
}

/** As a share. */
function accuracyOf(rate: ReliabilityBin['accuracy']): Numbers | null {
  if (rate === null) return null;
  const { count, of, interval } = rate;
  return {
    mean: count / of,
    n: of,
    interval: interval && { low: interval.low / 100, high: interval.high / 100 },
  };
}

/** @param shown whose bins are in the table on the page */
export function reliabilityRows(
  point: CalibrationPoint,
  shown: { readonly epoch: number; readonly bins: Bins },
): NumberRow[] {
  return BINS.flatMap((bins) =>
    TEMPERATURES.flatMap((at) =>
      (scoresAt(point, at)?.[bins].bins ?? [])
        .filter(({ n }) => n > 0)
        .flatMap(({ from, to, n, accuracy, confidence }) => {
          const range = l10n.t('bin {0} to {1}', numberText(from), numberText(to));
          const isShown = point.epoch === shown.epoch && bins === shown.bins;
          const row = (text: string, id: string, numbers: Numbers | null): NumberRow => ({
            of: [`${text}, ${range}`, atText(at), point.epoch],
            ids: [`${id}_${bins}`, at, point.epoch, from, to],
            numbers,
            isShown,
          });
          return [
            row(l10n.t('Accuracy'), 'bin_accuracy', accuracyOf(accuracy)),
            row(
              l10n.t('Mean confidence'),
              'bin_confidence',
              confidence === null ? null : { mean: confidence, n, interval: null },
            ),
          ];
        }),
    ),
  );
}
