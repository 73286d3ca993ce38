/** Mosaics of two classes, of which a map of one class should look at that class's tiles (Focus, Arias-Duart et al. 2022). */
import { createRandom } from '../../common/random';
import { resizePixels, type RgbImage } from '../../imaging/image';

/** 2 × 2 tiles, row by row. */
const TILES = 4;

export interface MosaicPlan {
  /** The class whose map is looked at. */
  readonly target: number;
  /** The places of the images in the set, a tile each: two of the class, two of another. */
  readonly images: readonly number[];
  /** Whether a tile is of the class. */
  readonly isTarget: readonly boolean[];
}

/** Classes that have two images at least, with the places of their images; a mosaic needs two such classes. */
export function mosaicClasses(labels: ArrayLike<number>): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  Array.from(labels).forEach((label, place) => places.set(label, [...(places.get(label) ?? []), place]));
  return new Map([...places].filter(([, ofClass]) => ofClass.length >= 2).sort(([a], [b]) => a - b));
}

/**
 * Both classes, each as likely, two different images of each, and which tile each has.
 * @param classes two at least, see {@link mosaicClasses}
 * @param index the mosaic's number: each is drawn by itself, whatever the others
 */
export function planMosaic(classes: ReadonlyMap<number, readonly number[]>, seed: number, index: number): MosaicPlan {
  const random = createRandom('mosaic', seed, index);
  const ids = [...classes.keys()];
  const [target, other] = [...random.permutation(ids.length)].map((at) => ids[at]) as [number, number];
  const twoOf = (id: number): number[] => {
    const places = classes.get(id) ?? [];
    const first = random.integer(places.length);
    const second = (first + 1 + random.integer(places.length - 1)) % places.length;
    return [places[first] as number, places[second] as number];
  };
  const images = [...twoOf(target), ...twoOf(other)];
  const order = [...random.permutation(TILES)];
  return {
    target,
    images: order.map((at) => images[at] as number),
    isTarget: order.map((at) => at < 2),
  };
}

/** A picture of four, and where the tiles of the class are. */
export interface Mosaic extends RgbImage {
  /** 1 on the tiles of the class, [height, width]. */
  readonly mask: Uint8Array;
}

/**
 * Of the size of the network's input, so that it is seen as it is: each image is brought to its tile, half a side of
 * it (of an odd side the first tile is the smaller one), as `resizePixels` does.
 * @param images a tile each, row by row
 */
export function drawMosaic(images: readonly RgbImage[], isTarget: readonly boolean[], side: number): Mosaic {
  const pixels = new Uint8Array(side * side * 3);
  const mask = new Uint8Array(side * side);
  const half = Math.floor(side / 2);
  images.forEach((image, tile) => {
    const [top, left] = [tile < 2 ? 0 : half, tile % 2 === 0 ? 0 : half];
    const [height, width] = [top === 0 ? half : side - half, left === 0 ? half : side - half];
    const resized = resizePixels(image, height, width);
    for (let row = 0; row < height; row++) {
      const at = (top + row) * side + left;
      pixels.set(resized.pixels.subarray(row * width * 3, (row + 1) * width * 3), at * 3);
      if (isTarget[tile] === true) mask.fill(1, at, at + width);
    }
  });
  return { height: side, width: side, pixels, mask };
}
