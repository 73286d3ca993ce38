import type { Picture } from '../picture';
import { correlation, type Kernel } from './correlation';
import { applyFilter, keepFilters } from './filter';

/** scikit-image cuts the bell off after so many standard deviations. */
const TRUNCATE = 4;

/** Blurred as by scikit-image's `gaussian` (scipy.ndimage's, mode "nearest"), each channel by itself. */
export function gaussianBlur(picture: Picture, sigma: number): Float32Array {
  return applyFilter(across(picture, sigma), applyFilter(down(picture, sigma), picture.pixels));
}

const down = keepFilters((size, sigma) => {
  const values = bell(sigma);
  return correlation(size, { height: values.length, width: 1, values }, nearest);
});
const across = keepFilters((size, sigma) => {
  const values = bell(sigma);
  return correlation(size, { height: 1, width: values.length, values }, nearest);
});

function bell(sigma: number): Kernel['values'] {
  return gaussianKernel(sigma, Math.floor(TRUNCATE * sigma + 0.5));
}

/** e^(−x²/2σ²) at −radius … radius, summing to 1. */
export function gaussianKernel(sigma: number, radius: number): Kernel['values'] {
  const values = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const sum = values.reduce((a, b) => a + b);
  return values.map((value) => value / sum);
}

/** Past the edge the edge goes on. */
function nearest(place: number, length: number): number {
  return Math.min(length - 1, Math.max(0, place));
}
