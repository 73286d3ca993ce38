import type { Picture } from '../picture';
import { applyFilter, createFilter, keepFilters } from './filter';

/** Zoomed by 1, 1.01, 1.02 …, so many times: the lengths of NumPy's arange(1, 1.06 … 1.26, 0.01), its rounding included. */
const ZOOMS = [7, 12, 16, 21, 26];

/** The mean of the picture and of its middle, zoomed in step by step. */
export function zoomBlur(picture: Picture, severity: number): Float32Array {
  return applyFilter(zooms(picture, severity), picture.pixels);
}

/** All steps in one: a pixel meets the same few places again and again, whose weights are added up. */
const zooms = keepFilters(({ height, width }, severity) => {
  const count = ZOOMS[severity - 1] as number;
  const steps = Array.from({ length: count }, (_, step) => {
    const factor = 1 + step / 100;
    return { rows: sources(height, factor), columns: sources(width, factor) };
  });
  const share = 1 / (count + 1);
  return createFilter({ height, width }, (row, column, add) => {
    const weights = new Map([[row * width + column, share]]);
    for (const { rows, columns } of steps) {
      for (const [y, down] of rows[row] as Source[]) {
        for (const [x, across] of columns[column] as Source[]) {
          const place = y * width + x;
          weights.set(place, (weights.get(place) ?? 0) + share * down * across);
        }
      }
    }
    for (const [place, weight] of weights) if (weight !== 0) add(place, weight);
  });
});

/** A place that a place of the result is made of, and its weight. */
type Source = readonly [place: number, weight: number];

/**
 * Of each place along a side: the two it lies between in the middle of the picture, as much of it as fills the picture at
 * this factor, resized as by scipy.ndimage's `zoom` of order 1 (linear, corner pixels on corner pixels) and then cut to
 * the picture's size.
 */
function sources(length: number, factor: number): Source[][] {
  const cropped = Math.ceil(length / factor);
  const start = Math.floor((length - cropped) / 2);
  const enlarged = Math.round(cropped * factor);
  const trim = Math.floor((enlarged - length) / 2);
  return Array.from({ length }, (_, place) => {
    const from = ((place + trim) * (cropped - 1)) / Math.max(1, enlarged - 1);
    const low = Math.min(cropped - 1, Math.floor(from));
    return [
      [start + low, 1 - (from - low)],
      [start + Math.min(cropped - 1, low + 1), from - low],
    ];
  });
}
