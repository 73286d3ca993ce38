/** Calibration over epochs: ECE, NLL and Brier score at temperature 1 and at the fitted one, and a reliability diagram. */
import * as l10n from '@vscode/l10n';
import type { CalibrationScores } from '../../../src/measures/calibration/measured';
import { CALIBRATION_NOTE, calibrationText, dropText, trendText } from '../../../src/measures/calibration/text';
import { styleOf } from '../../chart/palette';
import type { NumberRow, Numbers, SectionContent } from '../content';
import { curveFigures, curveReadout, NO_ENDS, type ChartBasis, type Curve, type CurveChart } from '../curveSection';
import type { Bins } from '../savedState';
import { scoresAt, type CalibrationAnswer, type CalibrationPoint } from './answer';
import { reliabilityFigures, reliabilityRows } from './reliability';
import { atText, binsText, TEMPERATURES } from './texts';

export interface CalibrationShown {
  readonly bins: Bins;
  /** Whose reliability diagram is drawn; undefined: the last. */
  readonly epoch: number | undefined;
}

export function calibrationContent(
  { points }: CalibrationAnswer,
  { bins, epoch }: CalibrationShown,
  basis: ChartBasis,
): SectionContent {
  const epochs = points.map((point) => point.epoch);
  const charts = chartsOf(points, bins);
  const at = points.find((point) => point.epoch === epoch) ?? points.at(-1);
  return {
    sentences: sentencesOf(points),
    figures: [
      ...curveFigures(charts, epochs, basis),
      ...(at === undefined ? [] : reliabilityFigures(at, bins, basis.colours)),
    ],
    readout: curveReadout(charts, epochs, basis),
    notes: [binsText(bins), CALIBRATION_NOTE],
    table: {
      heads: [l10n.t('Measure'), l10n.t('Of'), l10n.t('Epoch')],
      columns: ['measure', 'of', 'epoch', 'from', 'to'],
      rows: [
        ...points.flatMap(rowsOf),
        ...points.flatMap((point) => reliabilityRows(point, { epoch: at?.epoch ?? 0, bins })),
      ],
    },
  };
}

/** The trend, and what holds at the last checkpoint. */
function sentencesOf(points: readonly CalibrationPoint[]): string[] {
  const named = points.map(({ epoch, ...calibration }) => ({ name: `epoch ${epoch}`, calibration }));
  const last = named.at(-1);
  if (last === undefined) return [];
  const { name, calibration } = last;
  const drops = calibration.drops.map((drop) => dropText(name, drop, calibration.temperature));
  return [trendText(named), calibrationText(last), ...drops].filter((text) => text !== undefined);
}

function chartsOf(points: readonly CalibrationPoint[], bins: Bins): CurveChart[] {
  const curves = (value: (scores: CalibrationScores) => Numbers): Curve[] =>
    TEMPERATURES.map((temperature, place) => ({
      name: atText(temperature),
      style: styleOf(place),
      at(epoch) {
        const point = points.find((each) => each.epoch === epoch);
        const scores = point && scoresAt(point, temperature);
        return scores ? value(scores) : null;
      },
    }));
  const range = { min: 0, max: null };
  const fitted: Curve = {
    name: l10n.t('fitted temperature'),
    style: styleOf(TEMPERATURES.length),
    at: (epoch) => temperatureOf(points.find((each) => each.epoch === epoch)),
  };
  const drops = [...new Set(points.flatMap((point) => point.drops.map(({ title }) => title)))];
  return [
    { key: 'ece', title: l10n.t('Expected calibration error'), range, curves: curves((scores) => eceOf(scores, bins)) },
    { key: 'nll', title: l10n.t('Negative log-likelihood (nats)'), range, curves: curves(nllOf) },
    { key: 'brier', title: l10n.t('Brier score'), range, curves: curves(brierOf) },
    {
      key: 'temperature',
      title: l10n.t('Fitted temperature'),
      range: NO_ENDS,
      marks: [{ yAxis: 1, text: l10n.t('unchanged') }],
      curves: [fitted],
    },
    ...(drops.length === 0
      ? []
      : [
          {
            key: 'drops',
            title: l10n.t('Confidence drop'),
            range: NO_ENDS,
            curves: drops.flatMap((title, place) => [
              dropCurve(points, title, 'atOne', 2 * place),
              dropCurve(points, title, 'atTemperature', 2 * place + 1),
            ]),
          },
        ]),
  ];
}

function dropCurve(
  points: readonly CalibrationPoint[],
  title: string,
  at: 'atOne' | 'atTemperature',
  place: number,
): Curve {
  return {
    name: at === 'atOne' ? l10n.t('{0}, T = 1', title) : l10n.t('{0}, fitted T', title),
    style: styleOf(place),
    at: (epoch) =>
      points.find((each) => each.epoch === epoch)?.drops.find((drop) => drop.title === title)?.[at] ?? null,
  };
}

export function eceOf({ n, ...of }: CalibrationScores, bins: Bins): Numbers {
  const { ece, interval } = of[bins];
  return { mean: ece, n, interval };
}

const nllOf = ({ nll, n }: CalibrationScores): Numbers => ({ mean: nll, n, interval: null });
const brierOf = ({ brier, n }: CalibrationScores): Numbers => ({ mean: brier, n, interval: null });

function temperatureOf(point: CalibrationPoint | undefined): Numbers | null {
  const temperature = point?.temperature;
  return temperature ? { mean: temperature.value, n: temperature.fitted.images, interval: null } : null;
}

function rowsOf(point: CalibrationPoint): NumberRow[] {
  const { epoch, drops } = point;
  const row = (
    numbers: Numbers | null,
    [measure, measureId]: readonly [string, string],
    [of, ofId]: readonly [string, string],
  ): NumberRow => ({
    of: [measure, of, epoch],
    ids: [measureId, ofId, epoch, '', ''],
    numbers,
    isShown: true,
  });
  const measures: readonly (readonly [string, string, (scores: CalibrationScores) => Numbers])[] = [
    [l10n.t('ECE, equal width'), 'ece_equalWidth', (scores) => eceOf(scores, 'equalWidth')],
    [l10n.t('ECE, equal mass'), 'ece_equalMass', (scores) => eceOf(scores, 'equalMass')],
    [l10n.t('NLL'), 'nll', nllOf],
    [l10n.t('Brier score'), 'brier', brierOf],
    [l10n.t('Mean confidence'), 'confidence', ({ confidence }) => confidence],
    [l10n.t('Overconfidence'), 'overconfidence', ({ overconfidence }) => overconfidence],
  ];
  return [
    ...measures.flatMap(([measure, id, value]) =>
      TEMPERATURES.map((temperature) => {
        const scores = scoresAt(point, temperature);
        return row(scores && value(scores), [measure, id], [atText(temperature), temperature]);
      }),
    ),
    row(temperatureOf(point), [l10n.t('Temperature'), 'temperature'], [l10n.t('the fit'), 'fit']),
    ...drops.flatMap(({ title, atOne, atTemperature }) => [
      row(atOne, [l10n.t('Confidence drop'), 'drop'], [l10n.t('{0}, T = 1', title), `${title} atOne`]),
      row(
        atTemperature,
        [l10n.t('Confidence drop'), 'drop'],
        [l10n.t('{0}, fitted T', title), `${title} atTemperature`],
      ),
    ]),
  ];
}
