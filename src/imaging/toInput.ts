/** Pictures brought to a network's input. */
import { InputError } from '../common/errors';
import { resizePixels, type RgbImage } from './image';
import { placementOf, type Resize } from './placement';
import { resampleBytes } from './resample';

/** Pixels a side: what is longer is no photograph, and would take gigabytes. */
const LONGEST_SIDE = 200_000;

/**
 * The picture at the input's size, as `placementOf` places it.
 *
 * @param fill of padding: red, green, blue, 0 … 255
 * @throws InputError for a picture too long to resize
 */
export function bringToInput(
  image: RgbImage,
  inputSize: number,
  resize: Resize,
  fill: readonly [number, number, number],
): RgbImage {
  const { height, width, pixels } = image;
  if (Math.max(height, width) > LONGEST_SIDE) {
    throw new InputError('a picture too long to bring to a square input', {
      found: `${width}×${height} pixels`,
      expected: `at most ${LONGEST_SIDE} a side`,
    });
  }
  // To the bit as it has always been: heatmaps that are kept are of these pixels.
  if (resize.mode === 'stretch' && resize.interpolation === 'bilinear')
    return resizePixels(image, inputSize, inputSize);
  if (height === inputSize && width === inputSize) return image;
  const { resized, left, top } = placementOf(image, inputSize, resize);
  const shown = { height: Math.min(inputSize, resized.height), width: Math.min(inputSize, resized.width) };
  const window = { ...shown, left: Math.max(left, 0), top: Math.max(top, 0), resized };
  const part = {
    ...shown,
    pixels: resampleBytes({ height, width, channels: 3, values: pixels }, window, resize.interpolation),
  };
  return padded(part, inputSize, { left: Math.max(-left, 0), top: Math.max(-top, 0) }, fill);
}

function padded(
  { height, width, pixels }: RgbImage,
  side: number,
  { left, top }: { readonly left: number; readonly top: number },
  fill: readonly [number, number, number],
): RgbImage {
  if (height === side && width === side) return { height, width, pixels };
  const all = new Uint8Array(side * side * 3);
  for (let at = 0; at < all.length; at += 3) all.set(fill, at);
  for (let y = 0; y < height; y++) {
    all.set(pixels.subarray(3 * y * width, 3 * (y + 1) * width), 3 * ((y + top) * side + left));
  }
  return { height: side, width: side, pixels: all };
}
