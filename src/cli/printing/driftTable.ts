/** What `attention` prints. */
import type { TargetLayer } from '../../architectures';
import { allFlatText, changedText, FIXED_FOCUS, LABEL_FOCUS, restsText, settlingText } from '../../measures/drift';
import { MOVEMENT_MEASURES } from '../../measures/drift/movementMeasures';
import type { AttentionNumbers, MeanMoved, MeanMovement } from '../../measures/drift/numbers';
import { isEnoughCompared } from '../../statistics';
import { estimateText, dashLines, meanCells, TOO_FEW, TOO_FEW_LINE } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

const [FIRST, ...OTHERS] = MOVEMENT_MEASURES;
const MOVED_HEADER = [
  'epoch',
  ...['previous', 'last'].flatMap((from) => [`${FIRST.short} ${from}`, '95 %', 'of images']),
  ...OTHERS.flatMap(({ short }) => [`${short} last`, '95 %']),
];

/** How far maps move, how they are spread, and why there is a dash. @param named what an epoch is called in its column */
export function printTable(output: Output, numbers: AttentionNumbers, named: (epoch: number) => string): void {
  if (numbers.epochs.length > 1) printMoved(output, numbers, named);
  else printSpread(output, numbers, named);
}

type Point = AttentionNumbers['epochs'][number];

const SPREAD_HEADER = ['entropy', '95 %', 'in mask', '95 %', 'flat'];

function spreadCells(point: Point, images: number): string[] {
  return [...meanCells(point.entropy, 3), ...meanCells(point.inMask, 3), `${point.flat} of ${images}`];
}

/** Of one checkpoint, from which nothing can be far. */
function printSpread(output: Output, { epochs: points, images }: AttentionNumbers, named: (epoch: number) => string) {
  const rows = points.map((point) => [named(point.epoch), ...spreadCells(point, images.length)]);
  for (const line of table(withoutEmptyColumns([['epoch', ...SPREAD_HEADER], ...rows]))) output.line(line);
  for (const line of dashLines(points.flatMap(({ entropy, inMask }) => [entropy, inMask]))) output.line(line);
}

function printMoved(output: Output, { epochs: points, images }: AttentionNumbers, named: (epoch: number) => string) {
  const rows = points.map((point) => [named(point.epoch), ...movedCells(point), ...spreadCells(point, images.length)]);
  for (const line of table(withoutEmptyColumns([[...MOVED_HEADER, ...SPREAD_HEADER], ...rows]))) output.line(line);
  output.line();
  output.line('Of one class at all checkpoints, the one that the last of them predicts:');
  const ofOneClass = points.map(({ epoch, fixed, changed }) => [
    named(epoch),
    ...movedCells(fixed.lastPrediction),
    `${changed.fromLast} of ${images.length}`,
  ]);
  for (const line of table(withoutEmptyColumns([[...MOVED_HEADER, 'predicted otherwise'], ...ofOneClass])))
    output.line(line);
  const means = points.flatMap((point) => [
    ...[point, point.fixed.lastPrediction].flatMap(({ fromPrevious, fromLast }) =>
      [fromPrevious, fromLast].flatMap((movement) =>
        movement === null ? [] : MOVEMENT_MEASURES.map(({ key }) => movement[key]),
      ),
    ),
    point.entropy,
    point.inMask,
  ]);
  for (const line of dashLines(means)) output.line(line);
  const movements = points.flatMap((point) =>
    [point, point.fixed.lastPrediction].flatMap(({ fromPrevious, fromLast }) => [fromPrevious, fromLast]),
  );
  if (movements.some((movement) => movement !== null && !isEnoughCompared(movement))) output.line(TOO_FEW_LINE);
}

function movedCells({ fromPrevious, fromLast }: MeanMoved): string[] {
  return [
    ...meanCells(fromPrevious?.[FIRST.key] ?? null, 3),
    fromPrevious === null ? NOTHING : comparedText(fromPrevious),
    ...meanCells(fromLast[FIRST.key], 3),
    comparedText(fromLast),
    ...OTHERS.flatMap(({ key }) => meanCells(fromLast[key], 3)),
  ];
}

/** On how many images means rest: "9 of 16", marked where these are too few to say anything by. */
function comparedText(movement: MeanMovement): string {
  return `${movement.compared} of ${movement.of}${isEnoughCompared(movement) ? '' : TOO_FEW}`;
}

/** @param kept the epochs of all checkpoints that the run keeps @param layer the one that was looked at */
export function printFindings(
  output: Output,
  { settling, maskArea, randomisation, images, epochs: points }: AttentionNumbers,
  { kept, layer }: { readonly kept: readonly number[]; readonly layer: Pick<TargetLayer, 'height' | 'width'> },
): void {
  const checkpoints = { lookedAt: points.map(({ epoch }) => epoch), kept };
  output.line();
  output.line(settlingText(settling.target, checkpoints));
  const isSeveral = points.length > 1;
  if (isSeveral) output.line(settlingText(settling.lastPrediction, checkpoints, FIXED_FOCUS));
  if (isSeveral && settling.label !== null) output.line(settlingText(settling.label, checkpoints, LABEL_FOCUS));
  const changed = changedText(points);
  if (changed !== undefined) output.line(changed);
  if (randomisation?.spearman !== undefined && randomisation.spearman !== null) {
    const rests = restsText(randomisation);
    output.line(
      `Randomisation check: ρ ${estimateText(randomisation.spearman, 3)} between the untrained map and the last one of the same class${rests === undefined ? '' : `, which ${rests}`}; near 1 the map would say nothing of what was learned.`,
    );
  }
  if (maskArea !== null)
    output.line(
      `The objects' masks cover ${(100 * maskArea).toFixed(1)} % of the images: heat spread evenly would have that inside.`,
    );
  if (points.every(({ flat }) => flat === images.length)) output.line(allFlatText(layer));
}
