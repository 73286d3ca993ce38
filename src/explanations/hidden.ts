/** What takes the place of pixels that are hidden. */
import type { Fill } from './descriptions/fill';
import type { Probe } from './method';

export type Colour = readonly [red: number, green: number, blue: number];

/** 0 … 255 */
export function hiddenColour({ pixels }: Pick<Probe, 'pixels'>, fill: Fill): Colour {
  if (fill === 'black') return [0, 0, 0];
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < pixels.length; i++) sums[i % 3] = (sums[i % 3] as number) + (pixels[i] as number);
  const count = pixels.length / 3;
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

/** @param pixel its place among the image's */
export function hide(image: Float32Array, pixel: number, [red, green, blue]: Colour): void {
  image[3 * pixel] = red;
  image[3 * pixel + 1] = green;
  image[3 * pixel + 2] = blue;
}
