/** The blurs of CIFAR-10-C, but for motion blur, which is ImageMagick's own. */
import type { Random } from '../../common/random';
import type { Picture } from '../picture';
import { correlation, type Kernel } from './correlation';
import { applyFilter, keepFilters } from './filter';
import { gaussianBlur, gaussianKernel } from './gaussianBlur';

const GAUSSIAN_SIGMA = [0.4, 0.6, 0.7, 0.8, 1];
/** Radius of the disc, and standard deviation of the blur that smooths its edge. */
const DEFOCUS = [
  [0.3, 0.4],
  [0.4, 0.5],
  [0.5, 0.6],
  [1, 0.2],
  [1.5, 0.1],
] as const;
/** Standard deviation of the blur before and after, how far pixels move, and how often. */
const GLASS = [
  [0.05, 1, 1],
  [0.25, 1, 1],
  [0.4, 1, 1],
  [0.25, 1, 2],
  [0.4, 1, 2],
] as const;

export function gaussianBlurAt(picture: Picture, severity: number): Float32Array {
  return gaussianBlur(picture, GAUSSIAN_SIGMA[severity - 1] as number);
}

export function defocusBlur(picture: Picture, severity: number): Float32Array {
  return applyFilter(defocus(picture, severity), picture.pixels);
}

const defocus = keepFilters((size, severity) => {
  const [radius, sigma] = DEFOCUS[severity - 1] as (typeof DEFOCUS)[number];
  return correlation(size, smoothDisc(radius, sigma), mirror);
});

/** A disc of even weight, its edge smoothed by 3×3 pixels of a bell. */
function smoothDisc(radius: number, sigma: number): Kernel {
  // Beyond the disc the bell still reaches one pixel.
  const reach = Math.floor(radius) + 1;
  const side = 2 * reach + 1;
  const offsets = Array.from({ length: side * side }, (_, i) => [Math.floor(i / side) - reach, (i % side) - reach]);
  const inside = (y: number, x: number): number => Number(x * x + y * y <= radius * radius);
  const area = offsets.reduce((sum, [y = 0, x = 0]) => sum + inside(y, x), 0);
  const bell = gaussianKernel(sigma, 1);
  const values = offsets.map(([y = 0, x = 0]) => {
    let sum = 0;
    bell.forEach((a, dy) => bell.forEach((b, dx) => (sum += a * b * inside(y + dy - 1, x + dx - 1))));
    return sum / area;
  });
  return { height: side, width: side, values };
}

/** Past the edge the picture is mirrored, the edge itself not repeated: OpenCV's default. */
function mirror(place: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = ((place % period) + period) % period;
  return within < length ? within : period - within;
}

/**
 * Blurred, roughened and blurred again. CIFAR-10-C means to swap each pixel with a near one, but NumPy's views make it
 * a copy of that one: so it is here. The outermost pixels stay as they are.
 */
export function glassBlur(picture: Picture, severity: number, random: Random): Float32Array {
  const { height, width } = picture;
  const [sigma, reach, times] = GLASS[severity - 1] as (typeof GLASS)[number];
  const pixels = gaussianBlur(picture, sigma);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.floor(pixels[i] as number);
  for (let time = 0; time < times; time++) {
    for (let row = height - reach; row > reach; row--) {
      for (let column = width - reach; column > reach; column--) {
        const from = column + random.integer(2 * reach) - reach + width * (row + random.integer(2 * reach) - reach);
        const to = row * width + column;
        for (let channel = 0; channel < 3; channel++) pixels[3 * to + channel] = pixels[3 * from + channel] as number;
      }
    }
  }
  return gaussianBlur({ height, width, pixels }, sigma);
}
