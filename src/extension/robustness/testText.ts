/** Short texts about tests for lenses and the Test Explorer. */
import * as vscode from 'vscode';
import { fixedText } from '../../common/numberText';
import { similarityRestsText } from '../../measures/drift';
import { foundLines, foundText } from '../../measures/expectations/check';
import { expectedStudy } from '../../measures/expectations/studies';
import { SHOWN_MEASURES } from '../../measures/robustness/measures';
import type { Estimate, Rate } from '../../statistics/schemas';
import { NO_RATE_INTERVAL, noIntervalText, percentOf } from '../../statistics';
import { decimal, grouped } from '../language';
import { staleText } from '../runs/stale';
import type { Outcome, TestResult } from './outcomes';

/** `78.1 % of 1,000 images, clean 91.2 % on the same, drop 0.021` */
function numbersText(measured: TestResult['measured']): string {
  if ('scores' in measured) return foundText(expectedStudy(measured.study), measured.scores);
  const { accuracy, clean, confidenceDrop, images } = measured;
  const drop = decimal(fixedText(confidenceDrop.ofPrediction.mean, 3));
  const perturbed = decimal(percentOf(accuracy).toFixed(1));
  const unperturbed = decimal(percentOf(clean.accuracy).toFixed(1));
  return images === 1
    ? vscode.l10n.t('{0} % of 1 image, clean {1} % on the same, drop {2}', perturbed, unperturbed, drop)
    : vscode.l10n.t(
        '{0} % of {1} images, clean {2} % on the same, drop {3}',
        perturbed,
        grouped(images),
        unperturbed,
        drop,
      );
}

/** `✓ 78.1 % of 1,000 images, …`; undefined where there is nothing to say. */
export function outcomeText(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'missing':
      return undefined;
    case 'stale':
      return staleOutcomeText(outcome.was);
    case 'measured':
      return numbersText(outcome.measured);
    case 'passed':
      return `✓ ${numbersText(outcome.measured)}`;
    case 'failed':
      return `✗ ${numbersText(outcome.measured)}`;
  }
}

/** @param was the result before a change, where it is known */
export function staleOutcomeText(was: string | undefined): string {
  return staleText(was === undefined ? undefined : { was });
}

/** The newest known result of a test over its epochs, and how many fail. */
export function testText(outcomes: readonly Outcome[]): string | undefined {
  const stale = outcomes.findLast(({ kind }) => kind === 'stale');
  const newest = outcomes.findLast(({ kind }) => kind !== 'missing' && kind !== 'stale');
  if (newest === undefined) return stale === undefined ? undefined : outcomeText(stale);
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  const judged = outcomes.filter(({ kind }) => kind === 'failed' || kind === 'passed').length;
  const open = outcomes.filter(({ kind }) => kind === 'missing' || kind === 'stale').length;
  return [
    vscode.l10n.t('{0} at epoch {1}', outcomeText(newest) ?? '', newest.epoch),
    failed === 0 || judged === 1 ? undefined : vscode.l10n.t('{0} of {1} checkpoints fail', failed, judged),
    open === 0 ? undefined : vscode.l10n.t('{0} of {1} checkpoints to be computed', open, outcomes.length),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** All numbers of a test at a checkpoint, one a line. */
export function numberLines(measured: TestResult['measured']): string[] {
  if ('scores' in measured) return foundLines(expectedStudy(measured.study), measured.scores);
  const { images, rounds } = measured;
  const rests = similarityRestsText(measured);
  return [
    ...SHOWN_MEASURES.map((measure) =>
      measure.kind === 'rate'
        ? `${measure.name} ${rateText(measure.of(measured))}`
        : `${measure.name} ${estimateText(measure.of(measured), measure.digits)}`,
    ),
    vscode.l10n.t('accuracy of the same images as they are: {0}', rateText(measured.clean.accuracy)),
    ...(rests === undefined ? [] : [vscode.l10n.t('heatmap similarity {0}: flat heatmaps cannot be compared', rests)]),
    `${imagesText(images)}, ${roundsText(rounds)}`,
  ];
}

function imagesText(images: number): string {
  return images === 1 ? vscode.l10n.t('1 image') : vscode.l10n.t('{0} images', grouped(images));
}

function roundsText(rounds: number): string {
  return rounds === 1 ? vscode.l10n.t('1 round') : vscode.l10n.t('{0} rounds', rounds);
}

/** "0.0210 (95 %: 0.0100 … 0.0320, n = 20)" */
function estimateText(estimate: Estimate | null, digits: number): string {
  if (estimate === null) return vscode.l10n.t('unknown');
  const { mean, n, interval } = estimate;
  const within =
    interval === null
      ? `n = ${n}: ${noIntervalText(estimate)}`
      : `95 %: ${fixedText(interval.low, digits)} … ${fixedText(interval.high, digits)}, n = ${n}`;
  return `${fixedText(mean, digits)} (${within})`;
}

/** "57.00 % (95 %: 47.2 … 66.3, 57 of 100)" */
function rateText(rate: Rate): string {
  const { count, of, interval } = rate;
  const within =
    interval === null ? NO_RATE_INTERVAL : `95 %: ${interval.low.toFixed(1)} … ${interval.high.toFixed(1)}`;
  return `${percentOf(rate).toFixed(2)} % (${within}, ${count} of ${of})`;
}
