import type { Picture } from '../picture';

/** With its middle on a pixel: odd in both directions. */
export interface Kernel {
  readonly height: number;
  readonly width: number;
  /** [height · width] */
  readonly values: readonly number[];
}

/** Which place within stands for one past the edge. */
export type Edge = (place: number, length: number) => number;

/** The picture correlated with the kernel, each channel by itself, in full precision. */
export function correlate({ height, width, pixels }: Picture, kernel: Kernel, edge: Edge): Float32Array {
  const result = new Float32Array(height * width * 3);
  const [reachY, reachX] = [(kernel.height - 1) / 2, (kernel.width - 1) / 2];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const sums: [number, number, number] = [0, 0, 0];
      for (let i = 0; i < kernel.values.length; i++) {
        const weight = kernel.values[i] as number;
        if (weight === 0) continue;
        const y = edge(row + Math.floor(i / kernel.width) - reachY, height);
        const x = edge(column + (i % kernel.width) - reachX, width);
        const from = (y * width + x) * 3;
        sums[0] += weight * (pixels[from] as number);
        sums[1] += weight * (pixels[from + 1] as number);
        sums[2] += weight * (pixels[from + 2] as number);
      }
      result.set(sums, (row * width + column) * 3);
    }
  }
  return result;
}
