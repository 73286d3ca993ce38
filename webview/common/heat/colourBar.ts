/** A colour map with the numbers at its ends. */
import { colourTable, type ColourMapName } from '../../../src/imaging/colourMaps';
import type { Scale } from '../../../src/imaging/heatmap';
import { h } from '../dom';
import { contextOf } from './paint';
import { shortNumber } from '../text';

export interface ColourBar {
  readonly element: HTMLElement;
  /** Without a scale the ends are words, because each map has its own range. */
  draw(name: ColourMapName, scale: Scale | undefined): void;
}

export function createColourBar(): ColourBar {
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const least = h('span', { class: 'least' });
  const greatest = h('span', { class: 'greatest' });
  const element = h('div', { class: 'colour-bar', role: 'img' }, least, canvas, greatest);
  let drawn: ColourMapName | undefined;
  return {
    element,
    draw(name, scale) {
      if (drawn !== name) paintBar(canvas, name);
      drawn = name;
      const [low, high] = scale === undefined ? ['min', 'max'] : [scale.minimum, scale.maximum].map(shortNumber);
      if (least.textContent === low && greatest.textContent === high) return;
      least.textContent = low ?? '';
      greatest.textContent = high ?? '';
      element.setAttribute('aria-label', `Colour scale from ${low ?? ''} to ${high ?? ''}`);
    },
  };
}

/** 256 × 1 pixels from low to high. */
export function paintBar(canvas: HTMLCanvasElement | OffscreenCanvas, name: ColourMapName): void {
  canvas.width = 256;
  canvas.height = 1;
  const image = new ImageData(256, 1);
  const colours = colourTable(name);
  for (let entry = 0; entry < 256; entry++) {
    image.data.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * entry);
    image.data[4 * entry + 3] = 255;
  }
  contextOf(canvas).putImageData(image, 0, 0);
}
