/** One channel of a picture. */
export interface Plane {
  readonly height: number;
  readonly width: number;
  /** Whole numbers, [height · width]. */
  readonly values: Int32Array;
}

export function emptyPlane(height: number, width: number): Plane {
  return { height, width, values: new Int32Array(height * width) };
}

/** The plane with its last row and column repeated until its sides are multiples of so many pixels. */
export function padded(plane: Plane, multiple: number): Plane {
  const up = (length: number): number => Math.ceil(length / multiple) * multiple;
  const larger = emptyPlane(up(plane.height), up(plane.width));
  if (larger.height === plane.height && larger.width === plane.width) return plane;
  for (let row = 0, to = 0; row < larger.height; row++) {
    const from = Math.min(row, plane.height - 1) * plane.width;
    for (let column = 0; column < larger.width; column++, to++) {
      larger.values[to] = plane.values[from + Math.min(column, plane.width - 1)] as number;
    }
  }
  return larger;
}
