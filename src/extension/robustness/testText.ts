/** What is said of tests, in the few words that a lens or the Test Explorer has room for. Knows nothing of `vscode`. */
import type { Measured } from '../../protocol/measured';
import type { Outcome } from './outcomes';

/** `87.4 %, drop 0.021` */
function numbersText({ accuracy, confidenceDrop }: Measured): string {
  return `${accuracy.toFixed(1)} %, drop ${signed(confidenceDrop.ofPrediction.mean)}`;
}

/** `✓ 87.4 %, drop 0.021`; undefined where there is nothing to say. */
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

/** Of a test over its epochs: the newest one that is known, and how many fail. */
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

/** All numbers of a test at a checkpoint, a line each. */
export function numberLines(measured: Measured): string[] {
  const { clean, accuracy, flipRate, confidenceDrop, heatmapSimilarity, images, rounds } = measured;
  const { spearman, ssim, topOverlap } = heatmapSimilarity;
  const drop = ({ mean, low, high }: { mean: number; low: number; high: number }): string =>
    `${signed(mean, 4)} (95 %: ${signed(low, 4)} … ${signed(high, 4)})`;
  return [
    `accuracy ${accuracy.toFixed(2)} % (clean ${clean.accuracy.toFixed(2)} %)`,
    `confidence drop of the prediction ${drop(confidenceDrop.ofPrediction)}`,
    `confidence drop of the label ${drop(confidenceDrop.ofLabel)}`,
    `predictions flipped ${flipRate.toFixed(2)} %`,
    `heatmap similarity: rank correlation ${known(spearman)}, SSIM ${known(ssim)}, top-20 % overlap ${known(topOverlap)}`,
    `${images} ${images === 1 ? 'image' : 'images'}, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
  ];
}

/** What was expected and what was found, of "confidence drop 0.0312, expected at most 0.02". */
export function splitMisses(misses: readonly string[]): { expected: string; actual: string } {
  const parts = misses.map((miss) => miss.split(', expected '));
  const name = (text: string): string => /^[a-z ]+(?= [−-]?\d| unknown)/i.exec(text)?.[0] ?? '';
  return {
    expected: parts.map(([found = '', expected = '']) => `${name(found)} ${expected}`.trim()).join('\n'),
    actual: parts.map(([found = '']) => found).join('\n'),
  };
}

function signed(value: number, digits = 3): string {
  const text = value.toFixed(digits);
  // What rounds to zero is on neither side of it.
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

function known(value: number | null): string {
  return value === null ? 'unknown' : signed(value);
}
