import type { Size } from '../imaging/placement';
import { hiddenColour, hide } from './hidden';
import { OCCLUSION } from './descriptions/occlusion';
import { predictionMethod } from './method';

/**
 * Occlusion: of each pixel, by how much the class's probability falls where a window covers it, the mean over the windows
 * that do. Windows stand `stride` pixels apart, and a last one at the far border.
 */
export const occlusion = predictionMethod({
  ...OCCLUSION,
  problem({ window, stride }, { height, width }) {
    const side = Math.min(height, width);
    if (window > side)
      return { parameter: 'window', found: String(window), expected: `a whole number from 1 to ${side}` };
    if (stride > window)
      return { parameter: 'stride', found: String(stride), expected: `at most the window’s side, ${window}` };
    return undefined;
  },
  predictions: ({ window, stride }, input) => cornersOf(input, window, stride).length,
  async map(probe, { window, stride, fill }) {
    const { height, width, probability, probabilities } = probe;
    const corners = cornersOf(probe, window, stride);
    const colour = hiddenColour(probe, fill);
    const cover = ([top, left]: Corner, visit: (pixel: number) => void): void => {
      for (let y = top; y < top + window; y++) for (let x = left; x < left + window; x++) visit(y * width + x);
    };
    const covered = await probabilities(corners.length, (index, image) =>
      cover(corners[index] as Corner, (pixel) => hide(image, pixel, colour)),
    );
    const [sums, counts] = [new Float64Array(height * width), new Uint32Array(height * width)];
    corners.forEach((corner, index) =>
      cover(corner, (pixel) => {
        sums[pixel] = (sums[pixel] as number) + probability - (covered[index] as number);
        counts[pixel] = (counts[pixel] as number) + 1;
      }),
    );
    return Float32Array.from(sums, (sum, pixel) => sum / (counts[pixel] as number));
  },
});

type Corner = readonly [top: number, left: number];

function cornersOf({ height, width }: Size, window: number, stride: number): Corner[] {
  const across = startsOf(width, window, stride);
  return startsOf(height, window, stride).flatMap((top) => across.map((left): Corner => [top, left]));
}

function startsOf(side: number, window: number, stride: number): number[] {
  const last = side - window;
  const starts = Array.from({ length: Math.ceil(last / stride) }, (_, i) => i * stride);
  return [...starts, last];
}
