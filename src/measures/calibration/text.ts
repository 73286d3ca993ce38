/** What is said of calibration, the same in reports, panels and on the command line. */
import { counted } from '../../common/counted';
import { fallsText } from '../../common/dropText';
import { fixedText } from '../../common/numberText';
import { noIntervalText, type Interval } from '../../statistics';
import type { CalibratedDrop, Calibration, CalibrationScores, FittedTemperature } from './measured';
import { LEAST_IMAGES_OF_ECE } from './reliability';
import { TEMPERATURES } from './temperature';

/** A checkpoint's, with what it is called: "epoch 20". */
export interface NamedCalibration {
  readonly name: string;
  readonly calibration: Calibration;
}

/**
 * "At epoch 20 the network is overconfident by 5.7 points (95 % 4.5…6.9; ECE 0.057, 95 % 0.044…0.068, 1,017 images); a
 * temperature of 2.31, fitted on the first 508 test images, brings the ECE of the other 509 from 0.056 to 0.022."
 */
export function calibrationText({ name, calibration: { scores, temperature } }: NamedCalibration): string {
  return `At ${name} ${confidenceText(scores)}${temperature === null ? '' : `; ${temperatureText(temperature)}`}.`;
}

function confidenceText(scores: CalibrationScores): string {
  const { mean, interval } = scores.overconfidence;
  const points = `${fixedText(100 * Math.abs(mean), 1)} points`;
  const claim =
    interval === null
      ? `mean confidence is ${points} ${mean < 0 ? 'below' : 'above'} accuracy`
      : interval.low > 0
        ? `the network is overconfident by ${points}`
        : interval.high < 0
          ? `the network is underconfident by ${points}`
          : `mean confidence and accuracy differ by no more than chance (${fixedText(100 * mean, 1)} points)`;
  const within =
    interval === null
      ? noIntervalText(scores.overconfidence)
      : `95 % ${intervalText({ low: 100 * interval.low, high: 100 * interval.high }, 1)}`;
  return `${claim} (${within}; ${eceText(scores)})`;
}

/** "ECE 0.057, 95 % 0.044…0.068, 1,017 images" */
function eceText({ equalWidth: { ece, interval }, n }: CalibrationScores): string {
  const within = interval === null ? `no interval below ${LEAST_IMAGES_OF_ECE}` : `95 % ${intervalText(interval, 3)}`;
  return `ECE ${fixedText(ece, 3)}, ${within}, ${counted(n, 'image')}`;
}

function temperatureText({ value, limit, fitted, scored }: FittedTemperature): string {
  const on =
    fitted.set === 'validation'
      ? counted(fitted.images, 'validation image')
      : `the first ${counted(fitted.images, 'test image')}`;
  if (limit === 'lowest') return `on ${on} no temperature down to ${TEMPERATURES.lowest} is too low, as all are right`;
  if (limit === 'highest')
    return `on ${on} no temperature up to ${TEMPERATURES.highest} is too high: logits say nothing`;
  const of = fitted.set === 'validation' ? 'the test images' : `the other ${counted(scored.atOne.n, 'image')}`;
  const [before, after] = [scored.atOne, scored.atTemperature].map(({ equalWidth }) => fixedText(equalWidth.ece, 3));
  return `a temperature of ${temperatureNumber(value)}, fitted on ${on}, brings the ECE of ${of} from ${before} to ${after}`;
}

/** "2.31", "0.0456" */
export function temperatureNumber(value: number): string {
  return value >= 1 ? value.toFixed(2) : value.toPrecision(3);
}

/**
 * "Under gaussianNoise 0.1 the confidence in the clean prediction falls by 0.312 at T = 1 and by 0.241 at T = 2.31 (epoch
 * 20, 1,017 images, 95 % 0.291…0.333 and 0.224…0.258)."
 */
export function dropText(name: string, drop: CalibratedDrop, temperature: FittedTemperature | null): string {
  const { title, atOne, atTemperature } = drop;
  const both = [atOne, atTemperature].flatMap((estimate) => estimate?.interval ?? []);
  const within =
    both.length === 0 ? noIntervalText(atOne) : `95 % ${both.map((each) => intervalText(each, 3)).join(' and ')}`;
  const fitted =
    atTemperature === null || temperature === null
      ? ''
      : ` and ${alsoFallsText(atTemperature.mean, atOne.mean)} at T = ${temperatureNumber(temperature.value)}`;
  return `Under ${title} the confidence in the clean prediction ${fallsText(atOne.mean, 3)} at T = 1${fitted} (${name}, ${counted(atOne.n, 'image')}, ${within}).`;
}

/** "by 0.241" after a drop, "rises by 0.002" */
function alsoFallsText(drop: number, before: number): string {
  const [verb, size] = fallsText(drop, 3).split(' by ');
  return size !== undefined && fallsText(before, 3).startsWith(`${verb} by`) ? `by ${size}` : fallsText(drop, 3);
}

/** How the ECE goes over the checkpoints; undefined of a single one. @param all in their order */
export function trendText(all: readonly NamedCalibration[]): string | undefined {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  const ece = ({ calibration }: NamedCalibration): number => calibration.scores.equalWidth.ece;
  const least = all.reduce((best, each) => (ece(each) < ece(best) ? each : best));
  const where =
    least === last || least === first ? '' : `, and is smallest at ${least.name} (${fixedText(ece(least), 3)})`;
  return `The ECE goes from ${fixedText(ece(first), 3)} at ${first.name} to ${fixedText(ece(last), 3)} at ${last.name}${where}.`;
}

function intervalText({ low, high }: Interval, digits: number): string {
  return `${fixedText(low, digits)}…${fixedText(high, digits)}`;
}

/** What the words mean and what they do not say, for a table's foot. */
export const CALIBRATION_NOTE = [
  'ECE: expected calibration error in 15 bins of confidence (Naeini et al. 2015, Guo et al. 2017), biased upwards for few images and well-calibrated networks; its interval is of the error without that bias, by a bootstrap over images with each in its bin.',
  'NLL: mean cross-entropy of the label; Brier: squared error of all classes’ probabilities (Brier 1950), 0 … 2.',
  'The temperature divides all logits, minimises the NLL of images that are not scored, and changes no prediction.',
].join(' ');
