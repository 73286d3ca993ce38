/** A small curve of an image's correlation with the last epoch's heatmap. */
import { SETTLED_SPEARMAN } from '../../src/measures/drift';
import type { AttentionImage } from '../../src/protocol/engine';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 96;
const HEIGHT = 34;

/** From −1 at the bottom to 1 at the top. The dashed line is the limit above which a map counts as settled. */
export function sparkline({ points, settled }: AttentionImage): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('class', 'sparkline');
  svg.setAttribute('aria-hidden', 'true');
  const [first, last] = [points[0]?.epoch ?? 0, points.at(-1)?.epoch ?? 1];
  const x = (epoch: number): number => 3 + ((WIDTH - 6) * (epoch - first)) / Math.max(1, last - first);
  const y = (value: number): number => 3 + ((HEIGHT - 6) * (1 - value)) / 2;
  svg.append(shape('line', { x1: 0, x2: WIDTH, y1: y(SETTLED_SPEARMAN), y2: y(SETTLED_SPEARMAN), class: 'threshold' }));
  let path = '';
  let broken = true;
  for (const { epoch, fromLast } of points) {
    if (fromLast.spearman === null) broken = true;
    else {
      path += `${broken ? 'M' : 'L'}${x(epoch).toFixed(1)} ${y(fromLast.spearman).toFixed(1)}`;
      broken = false;
    }
  }
  svg.append(shape('path', { d: path, class: 'curve' }));
  const at = points.find(({ epoch }) => epoch === settled);
  if (at !== undefined && at.fromLast.spearman !== null) {
    svg.append(shape('circle', { cx: x(at.epoch), cy: y(at.fromLast.spearman), r: 3, class: 'settled' }));
  }
  return svg;
}

function shape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
