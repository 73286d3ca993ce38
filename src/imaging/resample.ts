/** Bilinear resizing with half-pixel centres, of maps and of images. */

/** Numbers on a grid, [height, width, channels]. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: ArrayLike<number>;
}

/** For each output position the first input position it takes from, and the weights from there on. */
interface Taps {
  readonly first: Int32Array;
  /** [positions, reach] */
  readonly weights: Float64Array;
  readonly reach: number;
}

/**
 * Resizes. Enlarging agrees with OpenCV's INTER_LINEAR and PyTorch's `interpolate(align_corners=False)`. Shrinking
 * averages over all that falls into an output pixel (a triangle as wide as two of them), as Pillow's BILINEAR and
 * PyTorch's `antialias=True` do, so that fine texture does not turn into noise.
 *
 * @returns [height, width, channels]
 */
export function resample(grid: Grid, height: number, width: number): Float32Array {
  return alongRows(alongColumns(grid, width), height).values;
}

/** To another width: rows first, which is less work where both shrink. */
function alongColumns({ height, width, channels, values }: Grid, toWidth: number): Grid {
  const { first, weights, reach } = makeTaps(width, toWidth);
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
function alongRows({ height, width, channels, values }: Grid, toHeight: number): Grid & { values: Float32Array } {
  const { first, weights, reach } = makeTaps(height, toHeight);
  const row = width * channels;
  const out = new Float32Array(toHeight * row);
  for (let y = 0; y < toHeight; y++) {
    for (let tap = 0; tap < reach; tap++) {
      const weight = weights[y * reach + tap] as number;
      if (weight === 0) continue;
      const from = ((first[y] as number) + tap) * row;
      for (let i = 0; i < row; i++)
        out[y * row + i] = (out[y * row + i] as number) + weight * (values[from + i] as number);
    }
  }
  return { height: toHeight, width, channels, values: out };
}

/** Triangle weights about each output position's centre, in input positions; those beyond the edge are left out. */
function makeTaps(from: number, to: number): Taps {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const reach = Math.min(2 * Math.ceil(support) + 1, from);
  const first = new Int32Array(to);
  const weights = new Float64Array(to * reach);
  for (let position = 0; position < to; position++) {
    const centre = (position + 0.5) * scale - 0.5;
    const start = Math.min(Math.max(Math.ceil(centre - support), 0), from - reach);
    let sum = 0;
    for (let tap = 0; tap < reach; tap++) {
      const weight = Math.max(1 - Math.abs(start + tap - centre) / support, 0);
      weights[position * reach + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < reach; tap++) {
      weights[position * reach + tap] = (weights[position * reach + tap] as number) / sum;
    }
    first[position] = start;
  }
  return { first, weights, reach };
}
