/** What `calibration` prints. */
import type { Calibration, CalibrationScores, ReliabilityBin } from '../../measures/calibration/measured';
import {
  CALIBRATION_NOTE,
  calibrationText,
  dropText,
  temperatureNumber,
  trendText,
} from '../../measures/calibration/text';
import { intervalText, meanCells, rateCells } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

/** A checkpoint's. */
export interface CalibrationAt {
  readonly epoch: number;
  /** As a column has it, "20", and as a sentence has it, "epoch 20". */
  readonly checkpoint: { readonly cell: string; readonly name: string };
  readonly calibration: Calibration;
}

const EPOCHS_HEADER = [
  ...['epoch', 'accuracy %', 'confidence', 'over', '95 %', 'ECE', '95 %', 'equal mass', '95 %', 'NLL', 'Brier'],
  ...['T', 'scored', 'ECE at 1', 'at T', 'NLL at 1', 'at T', 'Brier at 1', 'at T'],
];

/** Tables by epoch, the last checkpoint's reliability, and sentences. @param all by epoch, at least one */
export function printCalibration(output: Output, all: readonly CalibrationAt[]): void {
  const last = all.at(-1) as CalibrationAt;
  const print = (rows: readonly string[][]): void =>
    table(withoutEmptyColumns(rows)).forEach((line) => output.line(line));
  print([EPOCHS_HEADER, ...all.map(epochCells)]);
  if (last.calibration.drops.length > 0) {
    output.line();
    output.line('Confidence drop of the clean prediction:');
    print([['epoch', 'perturbation', 'images', 'at T = 1', '95 %', 'T', 'at T', '95 %'], ...all.flatMap(dropRows)]);
  }
  output.line();
  output.line(`Reliability at ${last.checkpoint.name}, of the ${last.calibration.scores.n} images at T = 1:`);
  const { equalWidth, equalMass } = last.calibration.scores;
  print([BINS_HEADER, ...equalWidth.bins.filter(({ n }) => n > 0).map(binCells)]);
  output.line();
  output.line('In bins of as many images each:');
  print([BINS_HEADER, ...equalMass.bins.map(binCells)]);
  output.line();
  const named = all.map(({ checkpoint, calibration }) => ({ name: checkpoint.name, calibration }));
  const { name } = last.checkpoint;
  const { drops, temperature } = last.calibration;
  const sentences = [
    calibrationText({ name, calibration: last.calibration }),
    trendText(named),
    ...drops.map((drop) => dropText(name, drop, temperature)),
    CALIBRATION_NOTE,
  ];
  for (const sentence of sentences) if (sentence !== undefined) output.line(sentence);
}

function epochCells({ checkpoint, calibration: { scores, temperature } }: CalibrationAt): string[] {
  const { accuracy, confidence, overconfidence, nll, brier } = scores;
  const scored = temperature?.scored;
  const both = (of: (scores: CalibrationScores) => number): string[] =>
    scored === undefined ? [NOTHING, NOTHING] : [of(scored.atOne).toFixed(4), of(scored.atTemperature).toFixed(4)];
  return [
    checkpoint.cell,
    rateCells(accuracy)[0],
    confidence.mean.toFixed(4),
    ...meanCells(overconfidence, 4),
    ...[scores.equalWidth, scores.equalMass].flatMap(({ ece, interval }) => [
      ece.toFixed(4),
      intervalText(interval, 4),
    ]),
    nll.toFixed(4),
    brier.toFixed(4),
    temperature === null ? NOTHING : temperatureNumber(temperature.value),
    scored === undefined ? NOTHING : String(scored.atOne.n),
    ...both(({ equalWidth }) => equalWidth.ece),
    ...both((each) => each.nll),
    ...both((each) => each.brier),
  ];
}

function dropRows({ checkpoint, calibration: { drops, temperature } }: CalibrationAt): string[][] {
  return drops.map(({ title, atOne, atTemperature }) => [
    checkpoint.cell,
    title,
    String(atOne.n),
    ...meanCells(atOne, 4),
    temperature === null ? NOTHING : temperatureNumber(temperature.value),
    ...meanCells(atTemperature, 4),
  ]);
}

const BINS_HEADER = ['confidence', 'images', 'mean', 'accuracy %', '95 %'];

function binCells({ from, to, n, confidence, accuracy }: ReliabilityBin): string[] {
  const [rate, interval] = accuracy === null ? [NOTHING, NOTHING] : rateCells(accuracy);
  return [`${from.toFixed(3)}…${to.toFixed(3)}`, String(n), confidence?.toFixed(4) ?? NOTHING, rate, interval];
}
