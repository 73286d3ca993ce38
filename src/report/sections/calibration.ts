/** Whether confidence is as high as accuracy, by epoch. */
import { fixedText } from '../../common/numberText';
import type { CalibrationScores, Reliability } from '../../measures/calibration/measured';
import {
  CALIBRATION_NOTE,
  calibrationText,
  dropText,
  temperatureNumber,
  trendText,
  type NamedCalibration,
} from '../../measures/calibration/text';
import { checkpointName } from '../../runs';
import { percentOf } from '../../statistics';
import type { ReportContent, RunContent } from '../content';
import { charts, curveColour, drawCurves, type Curve } from '../curves';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell, fixed, NOTHING, rateCell } from '../numbers';
import { drawReliability } from '../reliability';
import type { CalibrationContent } from '../studies';
import { dataTable, type Cell } from '../table';
import { figure, runsWith, type Section } from './section';

type At = CalibrationContent['epochs'][number];

/** Left out where no run has it. */
export function calibrationSection(content: ReportContent): Section | undefined {
  const body = runsWith(content, ({ studies }) => studies.calibration, ofRun);
  return body && { id: 'calibration', title: 'Calibration', body };
}

function ofRun(run: RunContent, { epochs }: CalibrationContent): Markup {
  const named = epochs.map(({ epoch, calibration }): NamedCalibration => ({
    name: checkpointName(run.run.manifest, epoch),
    calibration,
  }));
  const last = epochs.at(-1) as At;
  const { name } = named.at(-1) as NamedCalibration;
  const trend = trendText(named);
  const { drops, temperature, scores } = last.calibration;
  const diagram = drawReliability(`Reliability at ${name}`, scores.equalWidth.bins);
  return html`<p>${calibrationText(named.at(-1) as NamedCalibration)} ${trend}</p>
    ${drops.map((drop) => html`<p>${dropText(name, drop, temperature)}</p>`)}
    ${figure(
      charts(epochs.length > 1 ? [curves(epochs), diagram] : [diagram]),
      html`${epochs.length > 1 && 'ECE by epoch, with its 95 % interval, beside accuracy (dashed, on the right). '}Reliability
      of ${name}: accuracy by confidence in 15 bins of equal width over ${scores.n} test images, with Wilson’s 95 %
      intervals where a bin has enough images; below the diagonal confidence is too high.`,
    )}
    ${table(run, epochs)} ${scaled(run, epochs)}
    <p class="note">${CALIBRATION_NOTE}</p>`;
}

function curves(epochs: readonly At[]): Markup {
  const ece: Curve = {
    name: 'ECE',
    colour: curveColour(0),
    points: epochs.map(({ epoch, calibration }) => [epoch, calibration.scores.equalWidth.ece] as const),
    intervals: epochs.flatMap(({ epoch, calibration }) => {
      const { interval } = calibration.scores.equalWidth;
      return interval === null ? [] : [[epoch, interval.low, interval.high] as const];
    }),
  };
  const accuracy: Curve = {
    name: 'accuracy',
    colour: '#666',
    dashed: true,
    onRight: true,
    points: epochs.map(({ epoch, calibration }) => [epoch, percentOf(calibration.scores.accuracy)] as const),
  };
  return drawCurves({
    title: 'Expected calibration error',
    unit: '',
    right: { unit: '%', range: [0, 100] },
    curves: [ece, accuracy],
  });
}

function eceCell({ ece, interval }: Reliability, n: number): Cell {
  const within = interval === null ? '' : `[${fixed(interval.low, 3)}, ${fixed(interval.high, 3)}] `;
  return html`${fixed(ece, 3)}<br /><small><span class="bounds">${within}n = ${n}</span></small>`;
}

function table(run: RunContent, epochs: readonly At[]): Markup {
  return dataTable({
    caption:
      'Calibration at temperature 1 of each checkpoint: expected calibration error in 15 bins of equal width and of as many images each, negative log-likelihood in nats, Brier score, and how much mean confidence is above accuracy.',
    head: ['Epoch', 'ECE', 'ECE, equal mass', 'NLL', 'Brier', 'Accuracy', 'Confidence', 'Overconfidence'],
    rows: epochs.map(({ epoch, calibration: { scores } }): Cell[] => [
      epochCell([run], epoch),
      eceCell(scores.equalWidth, scores.n),
      eceCell(scores.equalMass, scores.n),
      withCount(scores.nll, scores),
      withCount(scores.brier, scores),
      rateCell(scores.accuracy),
      estimateCell(scores.confidence, 3),
      estimateCell(scores.overconfidence, 3),
    ]),
  });
}

function withCount(value: number, { n }: CalibrationScores): Cell {
  return html`${fixed(value, 4)}<br /><small>n = ${n}</small>`;
}

/** Of images that the temperature was not fitted on. */
function scaled(run: RunContent, epochs: readonly At[]): Markup | undefined {
  if (epochs.every(({ calibration }) => calibration.temperature === null)) return undefined;
  return dataTable({
    caption:
      'What one temperature mends: fitted on some images, and scored on others, at temperature 1 and at the fitted one.',
    head: ['Epoch', 'Temperature', 'Fitted on', 'ECE at 1', 'ECE at T', 'NLL at 1', 'NLL at T'],
    rows: epochs.map(({ epoch, calibration: { temperature } }): Cell[] => {
      if (temperature === null) return [epochCell([run], epoch), ...Array<Cell>(6).fill(NOTHING)];
      const { value, fitted, scored } = temperature;
      const { atOne, atTemperature } = scored;
      return [
        epochCell([run], epoch),
        temperatureNumber(value),
        `${fitted.images} ${fitted.set} images`,
        eceCell(atOne.equalWidth, atOne.n),
        eceCell(atTemperature.equalWidth, atTemperature.n),
        fixedText(atOne.nll, 4),
        fixedText(atTemperature.nll, 4),
      ];
    }),
  });
}
