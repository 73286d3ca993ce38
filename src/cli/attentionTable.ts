/** What `attention` prints. */
import { SETTLED_SPEARMAN } from '../engine/attention/settling';
import type { AttentionNumbers } from '../protocol/attention';
import { estimateText, meanCells, withoutIntervalLines } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

const HEADER = [
  'epoch',
  'ρ previous',
  '95 %',
  'ρ last',
  '95 %',
  'overlap last',
  '95 %',
  'shift last',
  '95 %',
  'entropy',
  '95 %',
  'in mask',
  '95 %',
  'of images',
  'flat',
];

export function printTable(output: Output, { epochs: points, images }: AttentionNumbers): void {
  const rows = points.map(({ epoch, fromPrevious, fromLast, entropy, inMask, flat }) => [
    String(epoch),
    ...meanCells(fromPrevious?.spearman ?? null, 3),
    ...meanCells(fromLast.spearman, 3),
    ...meanCells(fromLast.topOverlap, 3),
    ...meanCells(fromLast.centreShift, 3),
    ...meanCells(entropy, 3),
    ...meanCells(inMask, 3),
    fromLast.spearman === null ? NOTHING : String(fromLast.spearman.n),
    `${flat} of ${images.length}`,
  ]);
  for (const line of table(withoutEmptyColumns([HEADER, ...rows]))) output.line(line);
  const means = points.flatMap(({ fromPrevious, fromLast, entropy, inMask }) => [
    fromPrevious?.spearman ?? null,
    ...Object.values(fromLast),
    entropy,
    inMask,
  ]);
  for (const line of withoutIntervalLines(means)) output.line(line);
}

export function printFindings(
  output: Output,
  { settled, maskArea, randomisation, images, epochs: points }: AttentionNumbers,
): void {
  output.line();
  output.line(
    settled === null
      ? `Focus does not settle before the last of these epochs: ρ with the last is not ${SETTLED_SPEARMAN} from any on.`
      : `Focus settles at epoch ${settled}: from there on ρ with the last stays at least ${SETTLED_SPEARMAN}.`,
  );
  if (randomisation?.spearman !== undefined && randomisation.spearman !== null) {
    output.line(
      `Randomisation check: ρ ${estimateText(randomisation.spearman, 3)} between the untrained map and the last one of the same class; near 1 the map would say nothing of what was learned.`,
    );
  }
  if (maskArea !== null)
    output.line(
      `The objects' masks cover ${(100 * maskArea).toFixed(1)} % of the images: heat spread evenly would have that inside.`,
    );
  if (points.every(({ flat }) => flat === images.length))
    output.line('All heatmaps are flat, so that nothing moves: choose an earlier --layer, or train on larger inputs.');
}
