/** What insertion begins with: the image without its detail. */
import type { Size } from '../../imaging/placement';

const RADIUS = 5;
const SIGMA = 5;

/** By an 11-tap Gaussian of sigma 5 down and across, borders reflected about the outermost pixel. @param pixels [height, width, 3] */
export function blurred(pixels: Float32Array, { height, width }: Size): Float32Array {
  const down = alongAxis(pixels, { length: height, step: 3 * width, lines: 3 * width, lineStep: 1 });
  const across = { length: width, step: 3, lines: 3, lineStep: 1 };
  const rows = Array.from({ length: height }, (_, y) => down.subarray(3 * width * y, 3 * width * (y + 1)));
  const result = new Float32Array(pixels.length);
  rows.forEach((row, y) => result.set(alongAxis(row, across), 3 * width * y));
  return result;
}

interface Axis {
  /** Values along the axis, and how far they are apart. */
  readonly length: number;
  readonly step: number;
  /** How many lines there are along it, and how far they are apart. */
  readonly lines: number;
  readonly lineStep: number;
}

const TAPS = taps();

function taps(): number[] {
  const values = Array.from({ length: 2 * RADIUS + 1 }, (_, i) => Math.exp(-((i - RADIUS) ** 2) / (2 * SIGMA ** 2)));
  const sum = values.reduce((a, b) => a + b);
  return values.map((value) => value / sum);
}

function alongAxis(values: Float32Array, { length, step, lines, lineStep }: Axis): Float32Array {
  const result = new Float32Array(values.length);
  for (let at = 0; at < length; at++) {
    for (let tap = -RADIUS; tap <= RADIUS; tap++) {
      const weight = TAPS[tap + RADIUS] as number;
      const from = reflected(at + tap, length) * step;
      for (let line = 0; line < lines; line++) {
        const place = at * step + line * lineStep;
        result[place] = (result[place] as number) + weight * (values[from + line * lineStep] as number);
      }
    }
  }
  return result;
}

/** Of a side shorter than the kernel reaches, reflected more than once. */
function reflected(place: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = ((place % period) + period) % period;
  return within < length ? within : period - within;
}
