/** One channel of a picture. */
export interface Plane {
  readonly height: number;
  readonly width: number;
  /** [height · width] */
  readonly values: Float64Array;
}

/** The plane with its last row and column repeated until its sides are multiples of so many pixels. */
export function padded({ height, width, values }: Plane, multiple: number): Plane {
  const up = (length: number): number => Math.ceil(length / multiple) * multiple;
  return generate(up(height), up(width), (row, column) => {
    return values[Math.min(row, height - 1) * width + Math.min(column, width - 1)] as number;
  });
}

export function generate(height: number, width: number, valueAt: (row: number, column: number) => number): Plane {
  const values = new Float64Array(height * width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) values[row * width + column] = valueAt(row, column);
  }
  return { height, width, values };
}
