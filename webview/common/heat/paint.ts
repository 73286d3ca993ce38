/** Draws a raw map as coloured pixels on a canvas. */
import { colourTable, type ColourMapName } from '../../../src/imaging/colourMaps';
import { displayMap, type DisplayMap, type FloatMap, type Scale } from '../../../src/imaging/heatmap';
import type { Picture } from '../../../src/protocol/engine';
import type { Blending, Appearance } from './appearance';
import { upsample } from './upsample';

/** A raw map and its own range. */
export interface RangedMap {
  readonly map: FloatMap;
  readonly range: Scale;
}

/** The map's values in [0, 1] at the size it is drawn; without smoothing, at the layer's own size. */
export function heatValues(
  { map, range }: RangedMap,
  scale: Scale | undefined,
  smooth: boolean,
  size: number,
): DisplayMap {
  // A layer that is finer than the picture is reduced by averaging.
  const enlarges = map.height <= size && map.width <= size;
  if (smooth && enlarges) return upsample(map, range, size, scale);
  return smooth ? displayMap(map, size, size, scale) : displayMap(map, map.height, map.width, scale);
}

/** Draws a map's colours; a flat one leaves the canvas empty. The canvas takes the map's size. */
export function paintHeat(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  map: DisplayMap,
  settings: Pick<Appearance, 'colourMap' | 'blending'>,
): void {
  const { height, width, values, flat } = map;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = contextOf(canvas);
  if (flat) {
    context.clearRect(0, 0, width, height);
    return;
  }
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const table = pixelTable(settings.colourMap, settings.blending === 'weighted');
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[((values[i] as number) * 255.999) | 0] as number;
  context.putImageData(image, 0, 0);
}

/** Draws an image at its own size. */
export function paintPicture(canvas: HTMLCanvasElement | OffscreenCanvas, { height, width, pixels }: Picture): void {
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  const { data } = image;
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    data[to] = pixels[from] as number;
    data[to + 1] = pixels[from + 1] as number;
    data[to + 2] = pixels[from + 2] as number;
    data[to + 3] = 255;
  }
  contextOf(canvas).putImageData(image, 0, 0);
}

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export function contextOf(canvas: HTMLCanvasElement | OffscreenCanvas): Context {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws no canvas');
  return context;
}

/** Blends as the style sheet does on the page, for a canvas that is exported. */
export function compositeOf(blending: Blending): GlobalCompositeOperation {
  return blending === 'multiply' || blending === 'screen' ? blending : 'source-over';
}

const pixelTables = new Map<string, Uint32Array>();

/** 256 pixels in the byte order of ImageData on any machine; weighted ones are more transparent the lower the value. */
function pixelTable(name: ColourMapName, weighted: boolean): Uint32Array {
  const key = `${name} ${weighted}`;
  const known = pixelTables.get(key);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(1024);
  const colours = colourTable(name);
  for (let entry = 0; entry < 256; entry++) {
    bytes.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * entry);
    bytes[4 * entry + 3] = weighted ? entry : 255;
  }
  const table = new Uint32Array(bytes.buffer);
  pixelTables.set(key, table);
  return table;
}
