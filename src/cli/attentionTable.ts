/** What `attention` prints. */
import { SETTLED_SPEARMAN } from '../engine/attention/settling';
import type { AttentionNumbers } from '../protocol/attention';
import { estimateText, meanCells, dashLines } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';
import { TOO_FEW, TOO_FEW_LINE } from './tooFew';

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
  const rows = points.map((point) => [
    ...movedCells(point.epoch, point),
    ...meanCells(point.entropy, 3),
    ...meanCells(point.inMask, 3),
    `${point.flat} of ${images.length}`,
  ]);
  const header = [...MOVED_HEADER, 'entropy', '95 %', 'in mask', '95 %', 'flat'];
  for (const line of table(withoutEmptyColumns([header, ...rows]))) output.line(line);
  output.line();
  output.line('Of one class at all checkpoints, the one that the last of them predicts:');
  const ofOneClass = points.map(({ epoch, fixed, changed }) => [
    ...movedCells(epoch, fixed.lastPrediction),
    `${changed.fromLast} of ${images.length}`,
  ]);
  for (const line of table(withoutEmptyColumns([[...MOVED_HEADER, 'predicted otherwise'], ...ofOneClass])))
    output.line(line);
  const means = points.flatMap((point) => [
    ...[point, point.fixed.lastPrediction].flatMap(({ fromPrevious, fromLast }) =>
      [fromPrevious, fromLast].flatMap((movement) =>
        movement === null ? [] : [movement.spearman, movement.topOverlap, movement.centreShift],
      ),
    ),
    point.entropy,
    point.inMask,
  ]);
  for (const line of withoutIntervalLines(means)) output.line(line);
  const movements = points.flatMap((point) =>
    [point, point.fixed.lastPrediction].flatMap(({ fromPrevious, fromLast }) => [fromPrevious, fromLast]),
  );
  if (movements.some((movement) => movement !== null && !isEnoughCompared(movement))) output.line(TOO_FEW_LINE);
}

function movedCells(epoch: number, { fromPrevious, fromLast }: MeanMoved): string[] {
  return [
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
  const means = points.flatMap(({ fromPrevious, fromLast, entropy, inMask }) => [
    fromPrevious?.spearman ?? null,
    ...Object.values(fromLast),
    entropy,
    inMask,
  ]);
  for (const line of dashLines(means)) output.line(line);
}

/** On how many images means rest: "9 of 16", marked where these are too few to say anything by. */
function comparedText(movement: MeanMovement): string {
  return `${movement.compared} of ${movement.of}${isEnoughCompared(movement) ? '' : TOO_FEW}`;
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
