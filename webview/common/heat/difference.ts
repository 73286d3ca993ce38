/** The difference of two heatmaps of one image. */
import { differenceTable } from '../../../src/imaging/colourMaps';
import { isFlat, type FloatMap, type Scale } from '../../../src/imaging/heatmap';
import { heatValues, pixelsOf, type RangedMap } from './paint';

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
export function differencePixels({ map, limit }: Difference, smooth: boolean, size: number): ImageData {
  const range = { minimum: -limit, maximum: limit };
  const { height, width, values, flat } = heatValues({ map, range }, range, smooth, size);
  const table = pixelTable((entry) => 255 * Math.min(1, 2.5 * Math.abs(entry / 255 - 0.5)));
  return pixelsOf(height, width, (at) => (flat ? 0 : (table[((values[at] as number) * 255.999) | 0] as number)));
}

/** 256 × 1 pixels from the most negative to the most positive. */
export function differenceBarPixels(): ImageData {
  const table = pixelTable(() => 255);
  return pixelsOf(1, 256, (at) => table[at] as number);
}

/** 256 pixels in the byte order of ImageData on any machine. @param opacity of an entry, 0 … 255 */
function pixelTable(opacity: (entry: number) => number): Uint32Array {
  const bytes = new Uint8Array(1024);
  const colours = differenceTable();
  for (let entry = 0; entry < 256; entry++) {
    bytes.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * entry);
    bytes[4 * entry + 3] = opacity(entry);
  }
  return new Uint32Array(bytes.buffer);
}
