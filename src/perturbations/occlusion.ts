import type { Random } from '../common/random';
import type { Picture } from './picture';

export type Fill = 'black' | 'mean' | 'blur';

/** A blurred pixel is the mean of this many pixels a side around it, of those that the image has. */
const BLUR_SIDE = 5;

/** The first n places of a random order, so that at one seed ten covered pixels are five of them and five more. */
export function drawPlaces({ height, width }: Picture, count: number, random: Random): Uint32Array {
  return random.permutation(height * width).subarray(0, count);
}

/** The image with the pixels at these places, row · width + column, replaced. */
export function occlude(picture: Picture, places: Uint32Array, fill: Fill): Float32Array {
  const covered = new Float32Array(picture.pixels);
  const colourAt = colours(picture, fill);
  for (const place of places) covered.set(colourAt(place), place * 3);
  return covered;
}

/** What covers a place. Always of the clean image: the order of the places plays no part. */
function colours(picture: Picture, fill: Fill): (place: number) => readonly number[] {
  switch (fill) {
    case 'black':
      return () => [0, 0, 0];
    case 'mean': {
      const mean = meanColour(picture, 0, 0, picture.height, picture.width);
      return () => mean;
    }
    case 'blur':
      return (place) => blurred(picture, place);
  }
}

function blurred(picture: Picture, place: number): readonly number[] {
  const reach = (BLUR_SIDE - 1) / 2;
  const row = Math.floor(place / picture.width);
  const column = place % picture.width;
  const [top, left] = [Math.max(0, row - reach), Math.max(0, column - reach)];
  const bottom = Math.min(picture.height, row + reach + 1);
  const right = Math.min(picture.width, column + reach + 1);
  return meanColour(picture, top, left, bottom, right);
}

function meanColour(
  { width, pixels }: Picture,
  top: number,
  left: number,
  bottom: number,
  right: number,
): readonly number[] {
  const sums = [0, 0, 0];
  for (let row = top; row < bottom; row++) {
    for (let value = (row * width + left) * 3; value < (row * width + right) * 3; value++) {
      const channel = value % 3;
      sums[channel] = (sums[channel] as number) + (pixels[value] as number);
    }
  }
  const area = (bottom - top) * (right - left);
  return sums.map((sum) => sum / area);
}
