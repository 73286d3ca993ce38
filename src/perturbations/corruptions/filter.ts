/** Linear filters of pictures of one size, worked out once for all of them. */
import type { Picture } from '../picture';

export type Size = Pick<Picture, 'height' | 'width'>;

/** What each pixel is the sum of. */
export interface Filter extends Size {
  /** Where in the lists below each pixel's part begins, [height · width + 1]. */
  readonly begins: Uint32Array;
  /** Place and weight of a pixel that it takes up. */
  readonly places: Uint32Array;
  readonly weights: Float64Array;
}

/** @param describe adds the places that the pixel takes up, row · width + column, with their weights */
export function createFilter(
  { height, width }: Size,
  describe: (row: number, column: number, add: (place: number, weight: number) => void) => void,
): Filter {
  const begins = new Uint32Array(height * width + 1);
  const places: number[] = [];
  const weights: number[] = [];
  for (let pixel = 0; pixel < height * width; pixel++) {
    describe(Math.floor(pixel / width), pixel % width, (place, weight) => {
      places.push(place);
      weights.push(weight);
    });
    begins[pixel + 1] = places.length;
  }
  return { height, width, begins, places: Uint32Array.from(places), weights: Float64Array.from(weights) };
}

/** @param picture of the filter's size, [height, width, 3] */
export function applyFilter({ begins, places, weights }: Filter, picture: Picture['pixels']): Float32Array {
  // In the loop one type of array is read in half the time that two take.
  const pixels = new Float32Array(picture);
  const filtered = new Float32Array(pixels.length);
  for (let pixel = 0; 3 * pixel < pixels.length; pixel++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    const end = begins[pixel + 1] as number;
    for (let i = begins[pixel] as number; i < end; i++) {
      const weight = weights[i] as number;
      const from = 3 * (places[i] as number);
      red += weight * (pixels[from] as number);
      green += weight * (pixels[from + 1] as number);
      blue += weight * (pixels[from + 2] as number);
    }
    filtered[3 * pixel] = red;
    filtered[3 * pixel + 1] = green;
    filtered[3 * pixel + 2] = blue;
  }
  return filtered;
}

/** Numbers in the filters kept at a time, 12 bytes each: those of larger pictures have millions. */
const MOST_NUMBERS = 4_000_000;

/**
 * Each made when it is first asked for, and anew when pictures come to be of another size: a study's are all of one.
 * @param make of pictures of this size, at a severity or another number
 */
export function keepFilters(make: (size: Size, variant: number) => Filter): (size: Size, variant: number) => Filter {
  const kept = new Map<number, Filter>();
  let numbers = 0;
  return (size, variant) => {
    const known = kept.get(variant);
    if (known?.height === size.height && known.width === size.width) return known;
    const made = make(size, variant);
    numbers += made.places.length - (known?.places.length ?? 0);
    if (numbers > MOST_NUMBERS) {
      kept.clear();
      numbers = made.places.length;
    }
    kept.set(variant, made);
    return made;
  };
}
