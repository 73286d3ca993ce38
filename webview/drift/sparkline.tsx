import { SETTLED_SPEARMAN } from '../../src/measures/drift';
import type { AttentionImage } from '../../src/protocol/engine';

const WIDTH = 96;
const HEIGHT = 34;

/**
 * A small curve of an image's correlation with the last epoch's heatmap, from −1 at the bottom to 1 at the top. The
 * dashed line is the limit above which a map counts as settled.
 */
export function Sparkline({ image: { points, settled } }: { readonly image: AttentionImage }) {
  const [first, last] = [points[0]?.epoch ?? 0, points.at(-1)?.epoch ?? 1];
  const x = (epoch: number): number => 3 + ((WIDTH - 6) * (epoch - first)) / Math.max(1, last - first);
  const y = (value: number): number => 3 + ((HEIGHT - 6) * (1 - value)) / 2;
  const limit = y(SETTLED_SPEARMAN);
  // A flat map interrupts the curve.
  const path = points.map(({ epoch, fromLast: { spearman } }, place) => {
    if (spearman === null) return '';
    const broken = (points[place - 1]?.fromLast.spearman ?? null) === null;
    return `${broken ? 'M' : 'L'}${x(epoch).toFixed(1)} ${y(spearman).toFixed(1)}`;
  });
  const from = points.find(({ epoch }) => epoch === settled);
  const likeness = from?.fromLast.spearman ?? null;
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line x1={0} x2={WIDTH} y1={limit} y2={limit} class="threshold" />
      <path d={path.join('')} class="curve" />
      {from !== undefined && likeness !== null && <circle cx={x(from.epoch)} cy={y(likeness)} r={3} class="settled" />}
    </svg>
  );
}
