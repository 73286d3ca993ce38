import type { SeriesStyle } from './palette';

const SHAPES: Readonly<Record<SeriesStyle['symbol'], string>> = {
  circle: 'M8 4a4 4 0 1 0 .01 0z',
  rect: 'M4 4h8v8H4z',
  triangle: 'M8 3.5l5 8.5H3z',
  diamond: 'M8 3l5 5-5 5-5-5z',
};

/** Shows a curve's style: its colour and the shape of its points. */
export function Swatch({ colour, symbol }: SeriesStyle) {
  return (
    <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M0 8h16" fill={colour} stroke={colour} stroke-width="2" />
      <path d={SHAPES[symbol]} fill={colour} stroke="none" />
    </svg>
  );
}
