/** Pictures of images and heatmaps, inside the page. */
import {
  colourise,
  colourTable,
  displayMap,
  pngDataUri,
  sharedScale,
  symmetricScale,
  type FloatMap,
  type HeatColours,
  type RgbImage,
} from '../imaging';
import { html, type Markup } from './markup';

const COLOUR_MAP = 'viridis';
/** Pixels a side of a heatmap's picture: enough for a smooth one at the size it is shown. */
const SIDE = 80;

export function picture(image: RgbImage, alt: string): Markup {
  return html`<div class="picture"><img class="pixels" alt="${alt}" src="${pngDataUri(image)}" /></div>`;
}

/**
 * The map in colours over its image; a flat one colours nothing. A map with negative values, which only methods have
 * whose maps are signed, has the signed colours.
 * @param shared maps that this one is compared with; scaled by itself when absent
 */
export function overlay(image: RgbImage, map: FloatMap, alt: string, shared?: readonly FloatMap[]): Markup {
  const compared = shared ?? [map];
  const isSigned = sharedScale(compared).minimum < 0;
  const shown = displayMap(map, SIDE, SIDE, isSigned ? symmetricScale(compared) : shared && sharedScale(shared));
  const heat = pngDataUri({
    height: SIDE,
    width: SIDE,
    pixels: colourise(shown.values, isSigned ? 'signed' : COLOUR_MAP),
  });
  return html`<div class="picture">
    <img class="pixels" alt="${shown.flat ? `${alt}: flat` : ''}" src="${pngDataUri(image)}" />
    ${!shown.flat && html`<img class="heat" alt="${alt}" src="${heat}" />`}
  </div>`;
}

/** a − b, each by the greatest absolute value of both: red where a is higher, blue where b is. */
export function difference(a: FloatMap, b: FloatMap, alt: string): Markup {
  const { height, width } = a;
  const limit = Math.max(symmetricScale([a, b]).maximum, Number.MIN_VALUE);
  const values = Float32Array.from(a.values, (value, cell) => value - (b.values[cell] as number));
  const shown = displayMap({ height, width, values }, SIDE, SIDE, { minimum: -limit, maximum: limit });
  const colours = colourise(shown.flat ? shown.values.fill(0.5) : shown.values, 'signed');
  return html`<div class="picture">
    <img alt="${alt}" src="${pngDataUri({ height: SIDE, width: SIDE, pixels: colours })}" />
  </div>`;
}

/** What the colours mean. @param signed whether some maps are signed */
export function colourBar(signed: boolean): Markup {
  return html`${bar(COLOUR_MAP, 'least', 'greatest heat')}${signed && bar('signed', 'against the class', 'for it')}`;
}

function bar(colours: HeatColours, least: string, greatest: string): Markup {
  const uri = pngDataUri({ height: 1, width: 256, pixels: colourTable(colours) });
  return html`<p class="bar">
    <span>${least}</span><img alt="Colours from ${least} to ${greatest}" src="${uri}" /><span>${greatest}</span>
  </p>`;
}
