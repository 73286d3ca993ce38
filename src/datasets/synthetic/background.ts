/** Textured backgrounds: a colour gradient and smooth noise at several scales. */
import type { Random } from '../../common/random';

export type Colour = readonly [number, number, number];

export interface Background {
  /** [side, side, 3], in about [0, 1]. */
  readonly values: Float32Array;
  /** The gradient's two ends. */
  readonly ends: readonly [Colour, Colour];
}

/** The noise's cells in pixels, and its strength as a standard deviation of each channel. */
const SCALES = [
  { cell: 16, strength: 0.07 },
  { cell: 8, strength: 0.06 },
  { cell: 4, strength: 0.04 },
  { cell: 1, strength: 0.03 },
] as const;

export function drawBackground(side: number, random: Random): Background {
  const values = new Float32Array(side * side * 3);
  const ends = addGradient(values, side, random);
  for (const { cell, strength } of SCALES) addNoise(values, side, cell, strength * random.uniform(0.5, 1.5), random);
  return { values, ends };
}

function addGradient(values: Float32Array, side: number, random: Random): readonly [Colour, Colour] {
  const start = [random.uniform(0.15, 0.6), random.uniform(0.15, 0.6), random.uniform(0.15, 0.6)] as const;
  const slope = [random.uniform(-0.25, 0.25), random.uniform(-0.25, 0.25), random.uniform(-0.25, 0.25)] as const;
  const angle = random.uniform(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(angle) / side, Math.sin(angle) / side];
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const along = (x - side / 2) * dx + (y - side / 2) * dy;
      values[at++] = start[0] + slope[0] * along;
      values[at++] = start[1] + slope[1] * along;
      values[at++] = start[2] + slope[2] * along;
    }
  }
  const end = (sign: number): Colour => [
    start[0] + (sign * slope[0]) / 2,
    start[1] + (sign * slope[1]) / 2,
    start[2] + (sign * slope[2]) / 2,
  ];
  return [end(-1), end(1)];
}

/** Random values at the corners of square cells, bilinear between them, along one random colour. */
function addNoise(values: Float32Array, side: number, cell: number, strength: number, random: Random): void {
  const points = Math.floor((side - 1) / cell) + 2;
  const grid = Float32Array.from({ length: points * points }, () => random.uniform(-1, 1) * Math.sqrt(3) * strength);
  const colour = [random.uniform(0.4, 1), random.uniform(0.4, 1), random.uniform(0.4, 1)] as const;
  for (let y = 0, at = 0; y < side; y++) {
    const row = Math.floor(y / cell);
    const v = y / cell - row;
    for (let x = 0; x < side; x++, at += 3) {
      const column = Math.floor(x / cell);
      const u = x / cell - column;
      const corner = row * points + column;
      const above = (grid[corner] as number) * (1 - u) + (grid[corner + 1] as number) * u;
      const below = (grid[corner + points] as number) * (1 - u) + (grid[corner + points + 1] as number) * u;
      const noise = above * (1 - v) + below * v;
      values[at] = (values[at] as number) + noise * colour[0];
      values[at + 1] = (values[at + 1] as number) + noise * colour[1];
      values[at + 2] = (values[at + 2] as number) + noise * colour[2];
    }
  }
}
