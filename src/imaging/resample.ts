/** Resizing with half-pixel centres, of maps and of images. */
import type { Interpolation, Size } from './placement';

/** Numbers on a grid, [height, width, channels]. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: ArrayLike<number>;
}

/** A rectangle of a grid that is resized, in positions of the resized one. */
export interface Window extends Size {
  readonly left: number;
  readonly top: number;
  /** What the whole grid is resized to. */
  readonly resized: Size;
}

/** A kernel about 0, and how far it reaches. */
interface Kernel {
  readonly support: number;
  readonly weight: (distance: number) => number;
}

/** Of Keys's cubic convolution, as Pillow has it. */
const CUBIC = -0.5;

const KERNELS: Readonly<Record<Interpolation, Kernel>> = {
  bilinear: { support: 1, weight: (distance) => Math.max(1 - Math.abs(distance), 0) },
  bicubic: {
    support: 2,
    weight(distance) {
      const x = Math.abs(distance);
      if (x < 1) return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC : 0;
    },
  },
};

/** Some positions of an axis that is resized. */
interface Axis {
  readonly from: number;
  readonly to: number;
  /** The first position that is wanted. */
  readonly start: number;
  readonly count: number;
}

/** For each output position the first input position it takes from, and the weights from there on. */
interface Taps {
  readonly first: Int32Array;
  /** [positions, reach] */
  readonly weights: Float64Array;
  readonly reach: number;
}

/**
 * Resizes, bilinear. Enlarging agrees with OpenCV's INTER_LINEAR and PyTorch's `interpolate(align_corners=False)`.
 * Shrinking averages over all that falls into an output pixel (a triangle as wide as two of them), as Pillow's BILINEAR
 * and PyTorch's `antialias=True` do, so that fine texture does not turn into noise.
 *
 * @returns [height, width, channels]
 */
export function resample(grid: Grid, height: number, width: number): Float32Array {
  const across = makeTaps({ from: grid.width, to: width, start: 0, count: width }, KERNELS.bilinear);
  const down = makeTaps({ from: grid.height, to: height, start: 0, count: height }, KERNELS.bilinear);
  return alongRows(alongColumns(grid, across), down);
}

/**
 * A window of bytes as Pillow resizes them: across, rounded to bytes, then down, and rounded again. At most one level
 * in some thousand pixels is another, where float32 rounds to the other side.
 */
export function resampleBytes(grid: Grid & { values: Uint8Array }, window: Window, kind: Interpolation): Uint8Array {
  const { left, top, height, width, resized } = window;
  const across = makeTaps({ from: grid.width, to: resized.width, start: left, count: width }, KERNELS[kind]);
  const down = makeTaps({ from: grid.height, to: resized.height, start: top, count: height }, KERNELS[kind]);
  // Of a long picture, only the rows that are needed.
  const above = down.first[0] as number;
  const below = (down.first[height - 1] as number) + down.reach;
  const row = grid.width * grid.channels;
  const rows = { ...grid, height: below - above, values: grid.values.subarray(above * row, below * row) };
  const wide = alongColumns(rows, across);
  const tall = { ...down, first: down.first.map((y) => y - above) };
  return toBytes(alongRows({ ...wide, values: toBytes(wide.values) }, tall));
}

/** Halves up, as Pillow rounds; what a cubic kernel overshoots is cut off. */
function toBytes(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.min(Math.max(Math.floor(value + 0.5), 0), 255));
}

/** To another width: rows first, which is less work where both shrink. */
function alongColumns(
  { height, width, channels, values }: Grid,
  { first, weights, reach }: Taps,
): Grid & { values: Float32Array } {
  const toWidth = first.length;
  const out = new Float32Array(height * toWidth * channels);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < toWidth; x++) {
      const from = (y * width + (first[x] as number)) * channels;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let tap = 0; tap < reach; tap++) {
          const weight = weights[x * reach + tap] as number;
          if (weight !== 0) sum += weight * (values[from + tap * channels + channel] as number);
        }
        out[at++] = sum;
      }
    }
  }
  return { height, width: toWidth, channels, values: out };
}

/** To another height. */
function alongRows({ width, channels, values }: Grid, { first, weights, reach }: Taps): Float32Array {
  const row = width * channels;
  const out = new Float32Array(first.length * row);
  for (let y = 0; y < first.length; y++) {
    for (let tap = 0; tap < reach; tap++) {
      const weight = weights[y * reach + tap] as number;
      if (weight === 0) continue;
      const from = ((first[y] as number) + tap) * row;
      for (let i = 0; i < row; i++)
        out[y * row + i] = (out[y * row + i] as number) + weight * (values[from + i] as number);
    }
  }
  return out;
}

/** The kernel's weights about each output position's centre, in input positions; those beyond the edge are left out. */
function makeTaps({ from, to, start, count }: Axis, { support: radius, weight: weightAt }: Kernel): Taps {
  const scale = from / to;
  const widening = Math.max(scale, 1);
  const support = radius * widening;
  const reach = Math.min(2 * Math.ceil(support) + 1, from);
  const first = new Int32Array(count);
  const weights = new Float64Array(count * reach);
  for (let position = 0; position < count; position++) {
    const centre = (start + position + 0.5) * scale - 0.5;
    const begin = Math.min(Math.max(Math.ceil(centre - support), 0), from - reach);
    let sum = 0;
    for (let tap = 0; tap < reach; tap++) {
      const weight = weightAt((begin + tap - centre) / widening);
      weights[position * reach + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < reach; tap++) {
      weights[position * reach + tap] = (weights[position * reach + tap] as number) / sum;
    }
    first[position] = begin;
  }
  return { first, weights, reach };
}
