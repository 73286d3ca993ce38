import type { SeriesStyle } from '../../chart/palette';

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES: Readonly<Record<SeriesStyle['symbol'], string>> = {
  circle: 'M8 4a4 4 0 1 0 .01 0z',
  rect: 'M4 4h8v8H4z',
  triangle: 'M8 3.5l5 8.5H3z',
  diamond: 'M8 3l5 5-5 5-5-5z',
};

/** Shows a run's curve style: its colour and the shape of its points. */
export function swatch({ colour, symbol }: SeriesStyle): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'swatch');
  svg.setAttribute('aria-hidden', 'true');
  for (const [d, stroke] of [
    ['M0 8h16', colour],
    [SHAPES[symbol], 'none'],
  ] as const) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    path.setAttribute('fill', colour);
    path.setAttribute('stroke', stroke);
    path.setAttribute('stroke-width', '2');
    svg.append(path);
  }
  return svg;
}
