import { createFilter, type Filter, type Size } from './filter';

/** With its middle on a pixel: odd in both directions. */
export interface Kernel {
  readonly height: number;
  readonly width: number;
  /** [height · width] */
  readonly values: readonly number[];
}

/** Which place within stands for one past the edge. */
export type Edge = (place: number, length: number) => number;

/** Correlates pictures of this size with the kernel, each channel by itself, in full precision. */
export function correlation({ height, width }: Size, kernel: Kernel, edge: Edge): Filter {
  const [reachY, reachX] = [(kernel.height - 1) / 2, (kernel.width - 1) / 2];
  const places = kernel.values.flatMap((weight, i) => {
    const [down, across] = [Math.floor(i / kernel.width) - reachY, (i % kernel.width) - reachX];
    return weight === 0 ? [] : [{ weight, down, across }];
  });
  return createFilter({ height, width }, (row, column, add) => {
    for (const { weight, down, across } of places) {
      add(edge(row + down, height) * width + edge(column + across, width), weight);
    }
  });
}
