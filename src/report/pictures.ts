/** Pictures of images and heatmaps, inside the page. */
import { colourise, colourTable, displayMap, pngDataUri, sharedScale, type FloatMap, type RgbImage } from '../imaging';
import { html, type Markup } from './markup';

const COLOUR_MAP = 'viridis';
/** Pixels a side of a heatmap's picture: enough for a smooth one at the size it is shown. */
const SIDE = 80;

export function picture(image: RgbImage, alt: string): Markup {
  return html`<div class="picture"><img class="pixels" alt="${alt}" src="${pngDataUri(image)}" /></div>`;
}

/**
 * The map in colours over its image; a flat one colours nothing.
 * @param shared maps that this one is compared with; scaled by itself when absent
 */
export function overlay(image: RgbImage, map: FloatMap, alt: string, shared?: readonly FloatMap[]): Markup {
  const shown = displayMap(map, SIDE, SIDE, shared && sharedScale(shared));
  const heat = pngDataUri({ height: SIDE, width: SIDE, pixels: colourise(shown.values, COLOUR_MAP) });
  return html`<div class="picture">
    <img class="pixels" alt="${shown.flat ? `${alt}: flat` : ''}" src="${pngDataUri(image)}" />
    ${!shown.flat && html`<img class="heat" alt="${alt}" src="${heat}" />`}
  </div>`;
}

/** a − b, each by the greatest value of both: red where a is higher, blue where b is. */
export function difference(a: FloatMap, b: FloatMap, alt: string): Markup {
  const { height, width } = a;
  const greatest = Math.max(sharedScale([a, b]).maximum, Number.MIN_VALUE);
  const values = Float32Array.from({ length: height * width }, (_, cell) => {
    const apart = ((a.values[cell] as number) - (b.values[cell] as number)) / greatest;
    return (1 + apart) / 2;
  });
  const shown = displayMap({ height, width, values }, SIDE, SIDE, { minimum: 0, maximum: 1 });
  const pixels = new Uint8Array(SIDE * SIDE * 3);
  shown.values.forEach((value, pixel) => pixels.set(diverging(shown.flat ? 0.5 : value), 3 * pixel));
  return html`<div class="picture">
    <img alt="${alt}" src="${pngDataUri({ height: SIDE, width: SIDE, pixels })}" />
  </div>`;
}

const BLUE = [33, 102, 172] as const;
const WHITE = [247, 247, 247] as const;
const RED = [178, 24, 43] as const;

/** Blue at 0, white at ½, red at 1: the ends and the middle of ColorBrewer's RdBu. */
function diverging(value: number): [number, number, number] {
  const [from, to, share] = value < 0.5 ? [BLUE, WHITE, 2 * value] : [WHITE, RED, 2 * value - 1];
  const channel = (at: 0 | 1 | 2): number => Math.round(from[at] + share * (to[at] - from[at]));
  return [channel(0), channel(1), channel(2)];
}

/** What the colours mean. */
export function colourBar(): Markup {
  const bar = pngDataUri({ height: 1, width: 256, pixels: colourTable(COLOUR_MAP) });
  return html`<p class="bar">
    <span>least</span><img alt="Colours from least to greatest heat" src="${bar}" /><span>greatest heat</span>
  </p>`;
}
