/** What `attention` prints. */
import { SETTLED_SPEARMAN } from '../engine/attention/settling';
import type { AttentionNumbers } from '../protocol/attention';
import type { Estimate } from '../protocol/values';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

const HEADER = ['epoch', 'ρ previous', 'ρ last', '95 %', 'overlap last', 'shift last', 'entropy', 'in mask', 'flat'];

export function printTable(output: Output, { epochs: points, images }: AttentionNumbers): void {
  const rows = points.map(({ epoch, fromPrevious, fromLast, entropy, inMask, flat }) => [
    String(epoch),
    mean(fromPrevious?.spearman ?? null),
    mean(fromLast.spearman),
    fromLast.spearman === null ? NOTHING : `${fromLast.spearman.low.toFixed(3)}…${fromLast.spearman.high.toFixed(3)}`,
    mean(fromLast.topOverlap),
    mean(fromLast.centreShift),
    mean(entropy),
    mean(inMask),
    `${flat} of ${images.length}`,
  ]);
  for (const line of table(withoutEmptyColumns([HEADER, ...rows]))) output.line(line);
}

function mean(estimate: Estimate | null): string {
  return estimate?.mean.toFixed(3) ?? NOTHING;
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
    const { mean: value, low, high } = randomisation.spearman;
    output.line(
      `Randomisation check: ρ ${value.toFixed(3)} (95 % ${low.toFixed(3)}…${high.toFixed(3)}) between the untrained map and the last one of the same class; near 1 the map would say nothing of what was learned.`,
    );
  }
  if (maskArea !== null)
    output.line(
      `The objects' masks cover ${(100 * maskArea).toFixed(1)} % of the images: heat spread evenly would have that inside.`,
    );
  if (points.every(({ flat }) => flat === images.length))
    output.line('All heatmaps are flat, so that nothing moves: choose an earlier --layer, or train on larger inputs.');
}
