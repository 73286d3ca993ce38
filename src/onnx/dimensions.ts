/** Arithmetic of dimensions, some of which follow the number of images. */
import type { Dimension, Shape } from '../architectures';
import { Refused } from './refused';

/** So many elements times so many powers of the number of images. */
export interface Extent {
  readonly count: number;
  readonly batches: number;
}

/** Of one image; tensors of more are nobody's. */
const LARGEST_COUNT = 2 ** 28;

export function isNumber(dimension: Dimension | undefined): dimension is number {
  return typeof dimension === 'number';
}

export function same(a: Dimension, b: Dimension): boolean {
  if (isNumber(a) || isNumber(b)) return a === b;
  return a.batch === b.batch;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((each, axis) => same(each, b[axis] as Dimension));
}

/** @throws Refused where it overflows */
export function extentOf(shape: Shape): Extent {
  let [count, batches] = [1, 0];
  for (const dimension of shape) {
    count *= coefficient(dimension);
    if (!isNumber(dimension)) batches++;
    if (coefficient(dimension) < 0) throw new Refused(`a shape of ${shapeText(shape)}`, 'no negative length');
    if (count > LARGEST_COUNT) throw new Refused(`a shape of ${shapeText(shape)}`, `at most ${LARGEST_COUNT} elements`);
  }
  return { count, batches };
}

/** What is multiplied with the number of images, or the number itself. */
export function coefficient(dimension: Dimension): number {
  return isNumber(dimension) ? dimension : dimension.batch;
}

/** Lengths without the batch. @throws Refused where one follows it */
export function numbers(shape: Shape, what = 'lengths'): number[] {
  return shape.map((each) => {
    if (isNumber(each)) return each;
    throw new Refused(`${what} ${shapeText(shape)}`, 'lengths that do not depend on the number of images');
  });
}

export function shapeText(shape: Shape): string {
  const texts = shape.map((each) => (isNumber(each) ? String(each) : each.batch === 1 ? 'n' : `${each.batch}·n`));
  return `[${texts.join(', ')}]`;
}

/** An axis counted from 0. @throws Refused where there is none */
export function axisIn(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(positive) || positive < 0 || positive >= rank) {
    throw new Refused(`axis ${axis}`, `one of the ${rank} axes`);
  }
  return positive;
}

export function axesIn(axes: readonly number[], rank: number): number[] {
  const found = axes.map((axis) => axisIn(axis, rank));
  if (new Set(found).size < found.length) throw new Refused(`axes ${found.join(', ')}`, 'each axis once');
  return found;
}

/** The shape of two as NumPy broadcasts them. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const at = (shape: Shape, axis: number): Dimension => shape[axis - rank + shape.length] ?? 1;
  return Array.from({ length: rank }, (_, axis) => {
    const [one, other] = [at(a, axis), at(b, axis)];
    if (one === 1) return other;
    if (other === 1 || same(one, other)) return one;
    throw new Refused(`shapes ${shapeText(a)} and ${shapeText(b)}`, 'shapes that fit each other');
  });
}

export function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
