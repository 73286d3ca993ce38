/** The difference of two heatmaps of one image. */
import { differenceTable } from '../../../src/imaging/colourMaps';
import { isFlat, type FloatMap, type Scale } from '../../../src/imaging/heatmap';
import { contextOf, heatValues, type RangedMap } from './paint';

/** The scale of two maps, and their difference on it. */
export interface Difference {
  /** The first minus the second, [height, width], in units of the scale, or in shares of each map's own range. */
  readonly map: FloatMap;
  /** The largest possible difference on this scale, which gets the strongest colours. */
  readonly limit: number;
  /** The largest absolute difference. */
  readonly most: number;
}

/**
 * @param scale the common scale; undefined compares the places of heat and not its amount: the values of each map are
 * shares of its own range
 */
export function differenceOf(first: RangedMap, second: RangedMap, scale: Scale | undefined): Difference {
  const { height, width } = first.map;
  const [a, b] = scale === undefined ? [shares(first), shares(second)] : [first.map.values, second.map.values];
  const values = Float32Array.from(a, (value, i) => value - (b[i] as number));
  const most = values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 0);
  const limit = scale === undefined ? 1 : scale.maximum - scale.minimum;
  return { map: { height, width, values }, limit, most };
}

function shares({ map: { values }, range }: RangedMap): ArrayLike<number> {
  if (isFlat(range)) return new Float32Array(values.length);
  const { minimum, maximum } = range;
  return Float32Array.from(values, (value) => (value - minimum) / (maximum - minimum));
}

/** The colours of a difference. The smaller it is the more transparent they are, so that the picture below shows. */
export function paintDifference(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  { map, limit }: Difference,
  smooth: boolean,
  size: number,
): void {
  const range = { minimum: -limit, maximum: limit };
  const { height, width, values, flat } = heatValues({ map, range }, range, smooth, size);
  canvas.width = width;
  canvas.height = height;
  if (flat) return;
  const image = new ImageData(width, height);
  const colours = differenceTable();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const entry = Math.floor(value * 255.999);
    image.data.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * i);
    image.data[4 * i + 3] = 255 * Math.min(1, 2.5 * Math.abs(value - 0.5));
  }
  contextOf(canvas).putImageData(image, 0, 0);
}

/** 256 × 1 pixels from the most negative to the most positive. */
export function paintDifferenceBar(canvas: HTMLCanvasElement | OffscreenCanvas): void {
  canvas.width = 256;
  canvas.height = 1;
  const image = new ImageData(256, 1);
  const colours = differenceTable();
  for (let entry = 0; entry < 256; entry++) {
    image.data.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * entry);
    image.data[4 * entry + 3] = 255;
  }
  contextOf(canvas).putImageData(image, 0, 0);
}
