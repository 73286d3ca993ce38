/**
 * Imaging's `displayMap` for enlarging alone, at ten times the speed, because the grid draws dozens of maps within a
 * frame. A test holds the two against each other.
 */
import { isFlat, type DisplayMap, type FloatMap, type Scale } from '../../../src/imaging/heatmap';

/** For each output position, the input positions before and after it, and the weight of the latter. */
interface Steps {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly share: Float32Array;
}

const known = new Map<string, Steps>();

/** Bilinear, half-pixel centres, edges held. */
function stepsOf(from: number, to: number): Steps {
  const key = `${from} ${to}`;
  const already = known.get(key);
  if (already !== undefined) return already;
  const steps = { before: new Int32Array(to), after: new Int32Array(to), share: new Float32Array(to) };
  for (let i = 0; i < to; i++) {
    const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    steps.before[i] = Math.floor(position);
    steps.after[i] = Math.min(Math.floor(position) + 1, from - 1);
    steps.share[i] = position - Math.floor(position);
  }
  known.set(key, steps);
  return steps;
}

/**
 * @param own the map's own range
 * @param size pixels a side, no fewer than the map has
 * @param scale the common scale of several maps; without it the map fills [0, 1], also after interpolation has lowered
 * its maximum
 */
export function upsample(map: FloatMap, own: Scale, size: number, scale: Scale | undefined): DisplayMap {
  const values = new Float32Array(size * size);
  if (isFlat(own)) return { height: size, width: size, values, flat: true };
  enlarge(normalised(map.values, scale ?? own), map.height, map.width, size, values);
  if (scale === undefined) stretch(values);
  return { height: size, width: size, values, flat: false };
}

function normalised(values: ArrayLike<number>, { minimum, maximum }: Scale): Float32Array {
  const out = new Float32Array(values.length);
  const factor = 1 / (maximum - minimum);
  for (let i = 0; i < out.length; i++) {
    const value = ((values[i] as number) - minimum) * factor;
    out[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
  return out;
}

function enlarge(values: Float32Array, height: number, width: number, size: number, out: Float32Array): void {
  const across = stepsOf(width, size);
  const down = stepsOf(height, size);
  const wide = new Float32Array(height * size);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < size; x++) {
      const left = values[y * width + (across.before[x] as number)] as number;
      const right = values[y * width + (across.after[x] as number)] as number;
      wide[y * size + x] = left + (across.share[x] as number) * (right - left);
    }
  }
  for (let y = 0; y < size; y++) {
    const above = (down.before[y] as number) * size;
    const below = (down.after[y] as number) * size;
    const share = down.share[y] as number;
    for (let x = 0; x < size; x++) {
      const top = wide[above + x] as number;
      out[y * size + x] = top + share * ((wide[below + x] as number) - top);
    }
  }
}

function stretch(values: Float32Array): void {
  let [minimum, maximum] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  if (isFlat({ minimum, maximum })) return;
  const factor = 1 / (maximum - minimum);
  for (let i = 0; i < values.length; i++) values[i] = ((values[i] as number) - minimum) * factor;
}
