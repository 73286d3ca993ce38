/** Reshapes without moving numbers where the order in memory allows it. */
import type { Dimension, Shape } from '../../architectures';
import { coefficient, extentOf, isNumber, numbers, sameShape, shapeText, type Extent } from '../dimensions';
import { Refused } from '../refused';
import { CHANNELS_LAST, memoryShape, type Computed, type Value } from '../values';
import type { Plan } from './plan';

/** Axes of the one shape and of the other that hold the same elements; either may be none, beside axes of length 1. */
interface Group {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

type Held = Exclude<Value, { kind: 'known' }>;

/** @param shape as the file has it, of as many elements */
export function reshape(plan: Plan, value: Value, shape: Shape): Value {
  const [before, after] = [extentOf(value.shape), extentOf(shape)];
  if (before.count !== after.count || before.batches !== after.batches) {
    throw new Refused(`${shapeText(value.shape)} as ${shapeText(shape)}`, 'a shape of as many elements');
  }
  if (value.kind === 'known') return { ...value, shape: numbers(shape) };
  if (sameShape(value.shape, shape)) return value;
  const groups = groupsOf(value.shape, shape);
  if (groups === undefined) return inFileOrder(plan, value, shape);
  return (
    inMemory(plan, value, shape, groups) ??
    inMemory(plan, together(plan, value, groups), shape, groups) ??
    inFileOrder(plan, value, shape)
  );
}

function inFileOrder(plan: Plan, value: Value, shape: Shape): Computed {
  const result = plan.compute({ kind: 'reshape', shape }, [plan.inFileOrder(value)], shape);
  return isFeatureMap(shape) ? channelsLast(plan, result) : result;
}

/** What looks like [n, c, h, w] lies as feature maps do from here on: convolutions are next, or a target layer is. */
function isFeatureMap([n, c, h, w, ...more]: Shape): boolean {
  return more.length === 0 && n !== undefined && !isNumber(n) && h === w && h !== 1 && c !== h && isNumber(w);
}

function channelsLast(plan: Plan, value: Computed): Computed {
  const input = plan.inOrder(value, CHANNELS_LAST);
  return 'value' in input ? { ...value, id: input.value, order: CHANNELS_LAST } : value;
}

/** The same value, with the axes of each group side by side: no more moves than has to. */
function together(plan: Plan, value: Held, groups: readonly Group[]): Held {
  const order: number[] = [];
  for (const axis of value.order) {
    const group = groups.find(({ from }) => from.includes(axis)) as Group;
    if (!order.includes(axis)) order.push(...group.from);
  }
  const input = plan.inOrder(value, order);
  return 'value' in input ? { kind: 'computed', id: input.value, shape: value.shape, order } : value;
}

function inMemory(plan: Plan, value: Held, shape: Shape, groups: readonly Group[]): Computed | undefined {
  const positions = new Map(value.order.map((axis, at) => [axis, at]));
  /** Where the group's elements lie, among axes that have some. */
  const placed = groups.map(({ from }) => {
    const long = from.filter((axis) => value.shape[axis] !== 1);
    return (long.length === 0 ? from : long).map((axis) => positions.get(axis) as number);
  });
  const long = value.order.filter((axis) => value.shape[axis] !== 1);
  const rank = new Map(long.map((axis, at) => [positions.get(axis) as number, at]));
  for (const places of placed) {
    const ranks = places.map((place) => rank.get(place));
    if (ranks[0] === undefined) continue;
    if (ranks.some((each, at) => each !== (ranks[0] as number) + at)) return undefined;
  }
  const order: number[] = [];
  const emitted = new Set<number>();
  const emit = (index: number): void => {
    order.push(...(groups[index] as Group).to);
    emitted.add(index);
    // Axes that come from nowhere stay beside what they follow.
    const next = groups[index + 1];
    if (next?.from.length === 0) emit(index + 1);
  };
  if (groups[0]?.from.length === 0) emit(0);
  for (let place = 0; place < value.order.length; place++) {
    const index = placed.findIndex((places) => places[0] === place);
    if (index >= 0 && !emitted.has(index)) emit(index);
  }
  const target = memoryShape({ shape, order });
  const same = sameShape(target, memoryShape(value));
  if (same && value.kind === 'computed') return { ...value, shape, order };
  const result = plan.compute({ kind: 'reshape', shape: target }, [plan.inOrder(value, value.order)], shape, order);
  return isFeatureMap(shape) && order.every((axis, at) => axis === at) ? channelsLast(plan, result) : result;
}

/** The finest groups, in order; undefined where elements of images would mix. */
function groupsOf(from: Shape, to: Shape): Group[] | undefined {
  const groups: Group[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [a, b] = [from[i], to[j]];
    if (a === 1 && b !== 1) groups.push({ from: [i++], to: [] });
    else if (b === 1 && a !== 1) groups.push({ from: [], to: [j++] });
    else {
      if (a === undefined || b === undefined) return undefined;
      const group = { from: [i++], to: [j++] };
      let [left, right] = [extentOf([a]), extentOf([b])];
      while (left.count !== right.count || left.batches !== right.batches) {
        const isLeft = left.batches < right.batches || (left.batches === right.batches && left.count < right.count);
        const next = isLeft ? from[i] : to[j];
        if (next === undefined) return undefined;
        if (isLeft) {
          left = grown(left, next);
          group.from.push(i++);
        } else {
          right = grown(right, next);
          group.to.push(j++);
        }
      }
      groups.push(group);
    }
  }
  return groups;
}

function grown({ count, batches }: Extent, dimension: Dimension): Extent {
  return { count: count * coefficient(dimension), batches: batches + (isNumber(dimension) ? 0 : 1) };
}

/**
 * The shape that Reshape means: 0 is the input's length, −1 what is left. In a file for a fixed number of images, the number
 * that stands for them is found by its place.
 */
export function resolveShape(plan: Plan, from: Shape, wanted: readonly Dimension[], copiesZeros: boolean): Shape {
  const dimensions = wanted.map((each, axis) => {
    if (each !== 0 || !copiesZeros) return each;
    const copied = from[axis];
    if (copied === undefined) throw new Refused(`0 for axis ${axis} of ${shapeText(from)}`, 'an axis that is there');
    return copied;
  });
  const total = extentOf(from);
  const isFree = total.batches === 0 || dimensions.some((each) => !isNumber(each));
  if (isFree || plan.fixedBatch === undefined) return withRest(from, total, dimensions);
  const counted = withRest(from, { count: total.count * plan.fixedBatch, batches: 0 }, dimensions);
  return freed(from, numbers(counted), plan.fixedBatch);
}

function withRest(from: Shape, total: Extent, dimensions: readonly Dimension[]): Shape {
  const open = dimensions.indexOf(-1);
  if (open < 0) return dimensions;
  const rest = extentOf(dimensions.filter((_, axis) => axis !== open));
  const [count, batches] = [total.count / rest.count, total.batches - rest.batches];
  if (!Number.isInteger(count) || batches < 0 || batches > 1) {
    throw new Refused(`${shapeText(from)} as ${shapeText(dimensions)}`, 'a shape of as many elements');
  }
  return dimensions.map((each, axis) => (axis !== open ? each : batches === 1 ? { batch: count } : count));
}

/** The images' axis is behind as many elements as before. */
function freed(from: Shape, to: readonly number[], fixedBatch: number): Shape {
  const axis = from.findIndex((each) => !isNumber(each));
  const before = extentOf(from.slice(0, axis)).count;
  let [at, count] = [0, 1];
  while (count < before && at < to.length) count *= to[at++] as number;
  const length = to[at];
  if (count !== before || length === undefined || length % fixedBatch !== 0) {
    throw new Refused(
      `${shapeText(from)} as ${shapeText(to)}, which mixes images`,
      'a file exported with a free number of images',
    );
  }
  return to.map((each, place) => (place === at ? { batch: each / fixedBatch } : each));
}

export function flattened(plan: Plan, value: Value, axis: number): Value {
  const part = (shape: Shape): Dimension => {
    const { count, batches } = extentOf(shape);
    if (batches > 1) throw new Refused(`${shapeText(shape)} as one axis`, 'the images once');
    return batches === 1 ? { batch: count } : count;
  };
  return reshape(plan, value, [part(value.shape.slice(0, axis)), part(value.shape.slice(axis))]);
}

/** In the order of axes that `order` says: nothing moves. */
export function transposed(value: Value, perm: readonly number[]): Exclude<Value, { kind: 'known' }> | undefined {
  if (value.kind === 'known') return undefined;
  const shape = perm.map((axis) => value.shape[axis] as Dimension);
  const order = value.order.map((axis) => perm.indexOf(axis));
  return value.kind === 'weight' ? { ...value, shape: numbers(shape), order } : { ...value, shape, order };
}
