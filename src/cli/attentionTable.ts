/** What `attention` prints. */
import { changedText, FIXED_FOCUS, LABEL_FOCUS, restsText, settlingText } from '../drift';
import type { AttentionNumbers, MeanMovement } from '../protocol/attention';
import type { Estimate } from '../protocol/values';
import { partCompared } from '../statistics';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

const HEADER = [
  'epoch',
  'ρ previous',
  'ρ last',
  '95 %',
  'compared',
  'ρ previous, one class',
  'ρ last, one class',
  'compared, one class',
  'overlap last',
  'shift last',
  'entropy',
  'in mask',
  'predicted otherwise',
  'flat',
];

export function printTable(output: Output, { epochs: points, images }: AttentionNumbers): void {
  const rows = points.map(({ epoch, fromPrevious, fromLast, fixed, entropy, inMask, changed, flat }) => [
    String(epoch),
    mean(fromPrevious?.spearman ?? null),
    mean(fromLast.spearman),
    fromLast.spearman === null ? NOTHING : `${fromLast.spearman.low.toFixed(3)}…${fromLast.spearman.high.toFixed(3)}`,
    comparedText(fromPrevious, fromLast),
    mean(fixed.lastPrediction.fromPrevious?.spearman ?? null),
    mean(fixed.lastPrediction.fromLast.spearman),
    comparedText(fixed.lastPrediction.fromPrevious, fixed.lastPrediction.fromLast),
    mean(fromLast.topOverlap),
    mean(fromLast.centreShift),
    mean(entropy),
    mean(inMask),
    `${changed.fromLast} of ${images.length}`,
    `${flat} of ${images.length}`,
  ]);
  for (const line of table(withoutEmptyColumns([HEADER, ...rows]))) output.line(line);
}

/** On how many images the means rest, where it is not all of them: "12 of 16 previous, 9 of 16 last". */
function comparedText(previous: MeanMovement | null, last: MeanMovement): string {
  const parts = [
    ...(previous === null ? [] : [{ text: partCompared(previous), which: 'previous' }]),
    { text: partCompared(last), which: 'last' },
  ].filter(({ text }) => text !== undefined);
  return parts.length === 0 ? NOTHING : parts.map(({ text, which }) => `${text ?? ''} ${which}`).join(', ');
}

function mean(estimate: Estimate | null): string {
  return estimate?.mean.toFixed(3) ?? NOTHING;
}

/** @param kept the epochs of all checkpoints that the run keeps */
export function printFindings(
  output: Output,
  { settling, maskArea, randomisation, images, epochs: points }: AttentionNumbers,
  kept: readonly number[],
): void {
  const checkpoints = { lookedAt: points.map(({ epoch }) => epoch), kept };
  output.line();
  output.line(settlingText(settling.target, checkpoints));
  output.line(settlingText(settling.lastPrediction, checkpoints, FIXED_FOCUS));
  if (settling.label !== null) output.line(settlingText(settling.label, checkpoints, LABEL_FOCUS));
  const changed = changedText(points);
  if (changed !== undefined) output.line(changed);
  if (randomisation?.spearman !== undefined && randomisation.spearman !== null) {
    const { mean: value, low, high } = randomisation.spearman;
    const rests = restsText(randomisation);
    output.line(
      `Randomisation check: ρ ${value.toFixed(3)} (95 % ${low.toFixed(3)}…${high.toFixed(3)}) between the untrained map and the last one of the same class${rests === undefined ? '' : `, which ${rests}`}; near 1 the map would say nothing of what was learned.`,
    );
  }
  if (maskArea !== null)
    output.line(
      `The objects' masks cover ${(100 * maskArea).toFixed(1)} % of the images: heat spread evenly would have that inside.`,
    );
  if (points.every(({ flat }) => flat === images.length))
    output.line('All heatmaps are flat, so that nothing moves: choose an earlier --layer, or train on larger inputs.');
}
