/** The coloured pixels of raw maps and of pictures. */
import { colourTable, signedOpacity, type HeatColours } from '../../../src/imaging/colourMaps';
import {
  displayMap,
  sharedScale,
  symmetricScale,
  type DisplayMap,
  type FloatMap,
  type Scale,
} from '../../../src/imaging/heatmap';
import type { Picture } from '../../../src/protocol/engine';
import type { Blending, Appearance } from './appearance';
import { upsample } from './upsample';

/** A raw map and its own range. */
export interface RangedMap {
  readonly map: FloatMap;
  /** Of a signed map, around nought. */
  readonly range: Scale;
  /** Whether the map's sign says something: it then has the signed colours. */
  readonly signed: boolean;
}

export function rangedMap(map: FloatMap, signed: boolean): RangedMap {
  return { map, range: signed ? symmetricScale([map]) : sharedScale([map]), signed };
}

/** The map's values in [0, 1] at the size it is drawn; without smoothing, at the layer's own size. */
export function heatValues(
  { map, range, signed }: RangedMap,
  common: Scale | undefined,
  smooth: boolean,
  size: number,
): DisplayMap {
  // Nought stays in the middle: a signed map is not stretched again once it is enlarged.
  const scale = common ?? (signed ? range : undefined);
  // A layer that is finer than the picture is reduced by averaging.
  const enlarges = map.height <= size && map.width <= size;
  if (smooth && enlarges) return upsample(map, range, size, scale);
  return smooth ? displayMap(map, size, size, scale) : displayMap(map, map.height, map.width, scale);
}

/** A map's colours; a flat one is transparent. @param isAlone nothing lies below, so that no part of it is transparent */
export function heatPixels(
  { height, width, values, flat }: DisplayMap,
  settings: Pick<Appearance, 'colourMap' | 'blending'>,
  signed: boolean,
  isAlone = false,
): ImageData {
  const colours = signed ? 'signed' : settings.colourMap;
  const table = pixelTable(colours, isAlone || (!signed && settings.blending !== 'weighted'));
  return pixelsOf(height, width, (at) => (flat ? 0 : (table[((values[at] as number) * 255.999) | 0] as number)));
}

/** @param pixelAt four bytes in the order of ImageData on this machine */
export function pixelsOf(height: number, width: number, pixelAt: (at: number) => number): ImageData {
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let at = 0; at < pixels.length; at++) pixels[at] = pixelAt(at);
  return image;
}

/** An image at its own size. */
export function picturePixels({ height, width, pixels }: Picture): ImageData {
  const image = new ImageData(width, height);
  const { data } = image;
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    data[to] = pixels[from] as number;
    data[to + 1] = pixels[from + 1] as number;
    data[to + 2] = pixels[from + 2] as number;
    data[to + 3] = 255;
  }
  return image;
}

/** For a canvas that others are drawn on. */
export function canvasOf(pixels: ImageData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  contextOf(canvas).putImageData(pixels, 0, 0);
  return canvas;
}

export type Context = OffscreenCanvasRenderingContext2D;

export function contextOf(canvas: OffscreenCanvas): Context {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws no canvas');
  return context;
}

/** Blends as the style sheet does on the page, for a canvas that is exported. */
export function compositeOf(blending: Blending): GlobalCompositeOperation {
  return blending === 'multiply' || blending === 'screen' ? blending : 'source-over';
}

const pixelTables = new Map<string, Uint32Array>();

/**
 * 256 pixels in the byte order of ImageData on any machine. Those that are not opaque are more transparent the lower the
 * value; signed ones the nearer to nought.
 */
function pixelTable(name: HeatColours, opaque: boolean): Uint32Array {
  const key = `${name} ${opaque}`;
  const known = pixelTables.get(key);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(1024);
  const colours = colourTable(name);
  for (let entry = 0; entry < 256; entry++) {
    bytes.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * entry);
    bytes[4 * entry + 3] = opaque ? 255 : name === 'signed' ? 255 * signedOpacity(entry / 255) : entry;
  }
  const table = new Uint32Array(bytes.buffer);
  pixelTables.set(key, table);
  return table;
}
