import type { Picture } from '../picture';
import { correlate, type Kernel } from './correlate';

/** scikit-image cuts the bell off after so many standard deviations. */
const TRUNCATE = 4;

/** Blurred as by scikit-image's `gaussian` (scipy.ndimage's, mode "nearest"), each channel by itself. */
export function gaussianBlur(picture: Picture, sigma: number): Float32Array {
  const bell = gaussianKernel(sigma, Math.floor(TRUNCATE * sigma + 0.5));
  const { height, width } = picture;
  const columns = correlate(picture, { height: bell.length, width: 1, values: bell }, nearest);
  return correlate({ height, width, pixels: columns }, { height: 1, width: bell.length, values: bell }, nearest);
}

/** e^(−x²/2σ²) at −radius … radius, summing to 1. */
export function gaussianKernel(sigma: number, radius: number): Kernel['values'] {
  const bell = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const sum = bell.reduce((a, b) => a + b);
  return bell.map((value) => value / sum);
}

/** Past the edge the edge goes on. */
function nearest(place: number, length: number): number {
  return Math.min(length - 1, Math.max(0, place));
}
