/**
 * The ten shapes, each as a signed distance: negative inside, positive outside, about the distance to the outline near
 * it. Points are in the shape's own frame, where every shape fits the unit circle. Formulas after Inigo Quilez,
 * "2D distance functions".
 */
export type Distance = (x: number, y: number) => number;

export interface Shape {
  readonly name: string;
  readonly distance: Distance;
}

/** In the order of their labels. No shape becomes another by being turned. */
export const SHAPES: readonly Shape[] = [
  { name: 'disc', distance: (x, y) => Math.hypot(x, y) - 0.85 },
  { name: 'ring', distance: (x, y) => Math.abs(Math.hypot(x, y) - 0.72) - 0.22 },
  { name: 'square', distance: (x, y) => box(x, y, 0.68, 0.68) },
  { name: 'triangle', distance: triangle },
  { name: 'cross', distance: (x, y) => Math.min(box(x, y, 0.95, 0.27), box(x, y, 0.27, 0.95)) },
  { name: 'star', distance: star },
  { name: 'bars', distance: (x, y) => box(x, Math.abs(y) - 0.47, 0.7, 0.23) },
  { name: 'crescent', distance: (x, y) => Math.max(Math.hypot(x, y) - 0.95, 0.72 - Math.hypot(x - 0.5, y)) },
  { name: 'half-disc', distance: (x, y) => Math.max(Math.hypot(x, y + 0.4) - 0.9, -(y + 0.4)) },
  { name: 'chevron', distance: (x, y) => segment(x, Math.abs(y), 0.62, 0, -0.36, 0.66) - 0.24 },
];

/** A rectangle about the origin, given by half its sides. */
function box(x: number, y: number, halfWidth: number, halfHeight: number): number {
  const dx = Math.abs(x) - halfWidth;
  const dy = Math.abs(y) - halfHeight;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0);
}

/** The distance to the line from a to b. */
function segment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** Equilateral, its corners on a circle of radius 0.98: the farthest of the three sides' half-planes. */
function triangle(x: number, y: number): number {
  const slanted = (Math.sqrt(3) / 2) * Math.abs(x) - y / 2;
  return Math.max(slanted, y) - 0.49;
}

/** Five points on a circle of radius 1, the notches on one of radius 0.45. */
function star(x: number, y: number): number {
  const sector = Math.PI / 5;
  const angle = Math.abs(modulo(Math.atan2(y, x) + sector, 2 * sector) - sector);
  const radius = Math.hypot(x, y);
  // In the folded sector every outline is the one line from the tip (1, 0) to the notch.
  const notchX = 0.45 * Math.cos(sector);
  const notchY = 0.45 * Math.sin(sector);
  const [alongX, alongY] = [notchX - 1, notchY];
  const cross = alongX * radius * Math.sin(angle) - alongY * (radius * Math.cos(angle) - 1);
  return -cross / Math.hypot(alongX, alongY);
}

function modulo(value: number, by: number): number {
  return value - by * Math.floor(value / by);
}
