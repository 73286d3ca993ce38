/** Short texts about tests for lenses and the Test Explorer. This file does not import `vscode`. */
import { fixedText } from '../../common/numberText';
import { similarityRestsText } from '../../measures/drift';
import type { Measured } from '../../measures/robustness/measured';
import { SHOWN_MEASURES } from '../../measures/robustness/measures';
import type { Estimate, Rate } from '../../statistics/schemas';
import { NO_RATE_INTERVAL, noIntervalText, percentOf } from '../../statistics';
import type { Outcome } from './outcomes';

/** `87.4 %, drop 0.021, n = 20` */
function numbersText({ accuracy, confidenceDrop, images }: Measured): string {
  return `${percentOf(accuracy).toFixed(1)} %, drop ${fixedText(confidenceDrop.ofPrediction.mean, 3)}, n = ${images}`;
}

/** `✓ 87.4 %, drop 0.021, n = 20`; undefined where there is nothing to say. */
export function outcomeText(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'missing':
      return undefined;
    case 'stale':
      return staleText(outcome.was);
    case 'measured':
      return numbersText(outcome.measured);
    case 'passed':
      return `✓ ${numbersText(outcome.measured)}`;
    case 'failed':
      return `✗ ${numbersText(outcome.measured)}`;
  }
}

export function staleText(was: string | undefined): string {
  return was === undefined ? 'stale: computed before a change' : `stale: was ${was}`;
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
    `${outcomeText(newest) ?? ''} at epoch ${newest.epoch}`,
    failed === 0 || judged === 1 ? undefined : `${failed} of ${judged} checkpoints fail`,
    open === 0 ? undefined : `${open} of ${outcomes.length} checkpoints to be computed`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** All numbers of a test at a checkpoint, one a line. */
export function numberLines(measured: Measured): string[] {
  const { images, rounds } = measured;
  const rests = similarityRestsText(measured);
  return [
    ...SHOWN_MEASURES.map((measure) =>
      measure.kind === 'rate'
        ? `${measure.name} ${rateText(measure.of(measured))}`
        : `${measure.name} ${estimateText(measure.of(measured), measure.digits)}`,
    ),
    ...(rests === undefined ? [] : [`heatmap similarity ${rests}: flat heatmaps cannot be compared`]),
    `${images} ${images === 1 ? 'image' : 'images'}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
  ];
}

/** "0.0210 (95 %: 0.0100 … 0.0320, n = 20)" */
function estimateText(estimate: Estimate | null, digits: number): string {
  if (estimate === null) return 'unknown';
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
