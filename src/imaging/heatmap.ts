/** From a raw heatmap at its layer's resolution to values in [0, 1] at an image's. */
import { placeInInput, type Box, type Size } from './placement';
import { resample } from './resample';

/** A map of one number a position, row by row: `values` is [height, width]. */
export interface FloatMap {
  readonly height: number;
  readonly width: number;
  readonly values: ArrayLike<number>;
}

/** What becomes 0 and what becomes 1. */
export interface Scale {
  readonly minimum: number;
  readonly maximum: number;
}

export interface DisplayMap {
  readonly height: number;
  readonly width: number;
  /** In [0, 1], [height, width]. Zeros where the map is flat, NaN where the network was given nothing. */
  readonly values: Float32Array;
  /** The map is constant: it has no highest place, and must be labelled so, not coloured. */
  readonly flat: boolean;
}

/** The range of several maps together, on which they can be compared. */
export function sharedScale(maps: readonly FloatMap[]): Scale {
  let [minimum, maximum] = [Infinity, -Infinity];
  for (const { values } of maps) {
    for (let i = 0; i < values.length; i++) {
      minimum = Math.min(minimum, values[i] as number);
      maximum = Math.max(maximum, values[i] as number);
    }
  }
  return { minimum, maximum };
}

/** The smallest range around nought that holds the maps: what signed maps are shown on. */
export function symmetricScale(maps: readonly FloatMap[]): Scale {
  const { minimum, maximum } = sharedScale(maps);
  const most = Math.max(Math.abs(minimum), Math.abs(maximum));
  return { minimum: -most, maximum: most };
}

/** Whether the range is no more than the rounding of float32 arithmetic, relative to the values. */
export function isFlat({ minimum, maximum }: Scale): boolean {
  return !(maximum - minimum > 1e-6 * Math.max(Math.abs(minimum), Math.abs(maximum)));
}

/**
 * The map at the size of the image it is laid over, bilinear with half-pixel centres.
 *
 * Without a scale the map gets its own, before and after it is resized: what pytorch-grad-cam shows. (Resizing blunts
 * a peak, and the second time brings it back to 1.) With a scale, which is then shared by several maps, values keep
 * their proportion from map to map.
 */
export function displayMap(map: FloatMap, height: number, width: number, scale?: Scale): DisplayMap {
  const own = sharedScale([map]);
  if (isFlat(own)) return { height, width, values: new Float32Array(height * width), flat: true };
  const scaled = applyScale(map.values, scale ?? own);
  const values = resample({ ...map, channels: 1, values: scaled }, height, width);
  if (scale !== undefined) return { height, width, values, flat: false };
  const resized = sharedScale([{ height, width, values }]);
  return { height, width, values: isFlat(resized) ? values : applyScale(values, resized), flat: false };
}

/**
 * The same in the coordinates of a picture, of which the network was given `box`. Outside of the box the values are NaN;
 * what the map says of padding is left out.
 */
export function displayMapInPicture(map: FloatMap, { height, width }: Size, box: Box, scale?: Scale): DisplayMap {
  const rows = Math.max(map.height, Math.round(box.height * height));
  const columns = Math.max(map.width, Math.round(box.width * width));
  const ofInput = displayMap(map, rows, columns, scale);
  const values = new Float32Array(height * width).fill(NaN);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = placeInInput(box, (x + 0.5) / width, (y + 0.5) / height);
      if (place === undefined) continue;
      const at = Math.floor(place.y * rows) * columns + Math.floor(place.x * columns);
      values[y * width + x] = ofInput.values[at] as number;
    }
  }
  return { height, width, values, flat: ofInput.flat };
}

function applyScale(values: ArrayLike<number>, { minimum, maximum }: Scale): Float32Array {
  const range = maximum - minimum;
  return Float32Array.from(values, (value) => Math.min(Math.max((value - minimum) / range, 0), 1));
}
