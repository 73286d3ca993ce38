/** Rearranges numbers that are known: everything is a view by strides, which is then written out. */
import type { Dimension } from '../../architectures';
import { range } from '../dimensions';
import type { Known, Order } from '../values';

export function count(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Row-major. */
export function strides(shape: readonly number[]): number[] {
  const result = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    result[axis] = (result[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return result;
}

export function empty(like: ArrayLike<Dimension>, length: number): Dimension[] | Float32Array {
  return like instanceof Float32Array ? new Float32Array(length) : new Array<Dimension>(length);
}

/** What lies at `offset` and so many strides from there on, for each index of `shape`. */
export function view(
  data: ArrayLike<Dimension>,
  shape: readonly number[],
  steps: readonly number[],
  offset = 0,
): Dimension[] | Float32Array {
  const total = count(shape);
  const result = empty(data, total);
  const index = shape.map(() => 0);
  let at = offset;
  for (let to = 0; to < total; to++) {
    result[to] = data[at] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += steps[axis] as number;
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      at -= (index[axis] as number) * (steps[axis] as number);
      index[axis] = 0;
    }
  }
  return result;
}

export function permuted({ family, shape, data }: Known, order: Order): Known {
  const steps = strides(shape);
  const outer = order.map((axis) => shape[axis] as number);
  if (order.every((axis, at) => axis === at)) return { kind: 'known', family, shape, data };
  const moved = view(
    data,
    outer,
    order.map((axis) => steps[axis] as number),
  );
  return { kind: 'known', family, shape: outer, data: moved };
}

/** Broadcast to a shape that it fits. */
export function expanded({ family, shape, data }: Known, to: readonly number[]): Known {
  const steps = strides(shape);
  const lead = to.length - shape.length;
  const outer = range(to.length).map((axis) => ((shape[axis - lead] ?? 1) === 1 ? 0 : (steps[axis - lead] as number)));
  return { kind: 'known', family, shape: to, data: view(data, to, outer) };
}

/** Slices along an axis by index, which are there. */
export function gathered({ family, shape, data }: Known, axis: number, indices: readonly number[]): Known {
  const [before, inner] = [count(shape.slice(0, axis)), count(shape.slice(axis + 1))];
  const length = shape[axis] as number;
  const result = empty(data, before * indices.length * inner);
  let to = 0;
  for (let outer = 0; outer < before; outer++) {
    for (const index of indices) {
      const from = (outer * length + index) * inner;
      for (let i = 0; i < inner; i++) result[to++] = data[from + i] as number;
    }
  }
  const to_ = [...shape.slice(0, axis), indices.length, ...shape.slice(axis + 1)];
  return { kind: 'known', family, shape: to_, data: result };
}

/** Of the same shape but along the axis. */
export function concatenated(parts: readonly Known[], axis: number): Known {
  const [{ family, shape }] = parts as [Known];
  const length = parts.reduce((sum, part) => sum + (part.shape[axis] as number), 0);
  const outer = shape.map((each, at) => (at === axis ? length : each));
  const before = count(shape.slice(0, axis));
  const allFloat = parts.every(({ data }) => data instanceof Float32Array);
  const result = empty(allFloat ? new Float32Array() : [], count(outer));
  let to = 0;
  for (let index = 0; index < before; index++) {
    for (const { data, shape: own } of parts) {
      const inner = count(own.slice(axis));
      for (let i = 0; i < inner; i++) result[to++] = data[index * inner + i] as number;
    }
  }
  return { kind: 'known', family, shape: outer, data: result };
}
