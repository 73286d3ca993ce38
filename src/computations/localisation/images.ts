/** Images whose object is known: a data set's with masks, and mosaics of any. */
import { InputError } from '../../common/errors';
import type { SetReader } from '../../datasets/dataReader';
import { drawMosaic, mosaicClasses, planMosaic } from '../../measures/localisation/mosaics';
import { hashedImage, type HashedImage } from '../heatmaps/hashedImage';

/** One with an object of some positions. */
export interface ObjectImage extends HashedImage {
  readonly mask: Uint8Array;
}

/** The first so many test images; none where the data set knows no objects. */
export async function maskedImages(test: SetReader, count: number): Promise<ObjectImage[]> {
  const { height, width } = test;
  const indices = Array.from({ length: Math.min(count, test.count) }, (_, index) => index);
  const { pixels, labels, masks } = await test.read(indices);
  if (masks === undefined) return [];
  const area = height * width;
  return indices.flatMap((index) => {
    const mask = masks.slice(index * area, (index + 1) * area);
    // Of an image without an object there is nothing to find.
    if (!mask.includes(1)) return [];
    const image = {
      name: `test:${index}`,
      height,
      width,
      pixels: pixels.slice(index * area * 3, (index + 1) * area * 3),
      label: labels[index] as number,
      mask,
    };
    return [{ ...hashedImage(image), mask }];
  });
}

/**
 * Mosaics of test images, by number from 0: their label is the class whose tiles the mask is of.
 * @param side of the network's input
 * @throws InputError where there are no two classes of two images each
 */
export async function mosaicImages(test: SetReader, count: number, seed: number, side: number): Promise<ObjectImage[]> {
  if (count === 0) return [];
  const classes = mosaicClasses(await test.labels());
  if (classes.size < 2)
    throw new InputError('too few test images for mosaics', {
      found: `${classes.size} classes of two images or more`,
      expected: 'two such classes',
    });
  const images: ObjectImage[] = [];
  for (let index = 0; index < count; index++) {
    const { target, images: places, isTarget } = planMosaic(classes, seed, index);
    const { height, width } = test;
    const { pixels } = await test.read(places);
    const length = height * width * 3;
    const tiles = places.map((_, tile) => ({
      height,
      width,
      pixels: pixels.subarray(tile * length, (tile + 1) * length),
    }));
    const mosaic = drawMosaic(tiles, isTarget, side);
    const image = { ...mosaic, name: mosaicName(seed, index), label: target };
    images.push({ ...hashedImage(image), mask: mosaic.mask });
  }
  return images;
}

function mosaicName(seed: number, index: number): string {
  return `mosaic:${seed}:${index}`;
}

/** How many there were, and their seed, where the names are those of mosaics. */
export function mosaicsOfNames(
  names: readonly string[],
): { readonly seed: number; readonly count: number } | undefined {
  const [, seed] = /^mosaic:(\d+):0$/.exec(names[0] ?? '') ?? [];
  return seed === undefined ? undefined : { seed: Number(seed), count: names.length };
}
