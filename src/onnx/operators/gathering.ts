/** Operators that take and put elements of tensors by indices. */
import type { Dimension } from '../../architectures';
import { axisIn, isNumber, numbers, range } from '../dimensions';
import { count, empty, gathered, strides } from '../fold/arrays';
import type { Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { Refused } from '../refused';
import { type Order, type Value } from '../values';
import { reshape } from '../plan/reshape';
import { part } from './slicing';

const gather: Operator = (node) => {
  const { plan } = node;
  const [value, at] = [node.input(0), node.input(1)];
  const rank = value.shape.length;
  const axis = axisIn(node.integer('axis', 0), rank);
  const length = value.shape[axis];
  const found = plan.knownOf(at);
  if (found === undefined) throw new Refused('indices that follow from the images', 'constant ones');
  if (!isNumber(length)) throw new Refused('images by index', 'all of them');
  const indices = numbers(Array.from(found.data), 'indices').map((index) => axisIn(index, length));
  return gatherFrom(plan, value, axis, { indices, shape: found.shape });
};

/** Slices along an axis by indices of any shape, which are there. */
export function gatherFrom(
  plan: Plan,
  value: Value,
  axis: number,
  { indices, shape: indicesShape }: { readonly indices: readonly number[]; readonly shape: readonly number[] },
): Value {
  const shape = [...value.shape.slice(0, axis), ...indicesShape, ...value.shape.slice(axis + 1)];
  if (value.kind === 'known') {
    plan.spend(shape);
    return { ...gathered(value, axis, indices), shape: numbers(shape) };
  }
  const isRun = indices.length > 0 && indices.every((index, next) => index === (indices[0] as number) + next);
  if (isRun && indicesShape.length <= 1) {
    const run = part(plan, value, axis, indices[0] as number, indices.length);
    return indicesShape.length === 0 ? reshape(plan, run, shape) : run;
  }
  const more = indicesShape.length - 1;
  const order: Order = value.order.flatMap((each) => {
    if (each === axis) return range(more + 1).map((next) => axis + next);
    return each < axis ? each : each + more;
  });
  return plan.compute(
    { kind: 'gather', axis: value.order.indexOf(axis), indices, indicesShape },
    [plan.inOrder(value, value.order)],
    shape,
    order,
  );
}

/** Elements of the first axes, which are one axis here, by constant indices. */
const gatherNd: Operator = (node) => {
  const value = node.input(0);
  const found = node.plan.knownOf(node.input(1));
  if (found === undefined || node.integer('batch_dims', 0) !== 0) {
    throw new Refused('indices that follow from the images', 'constant ones');
  }
  const depth = found.shape.at(-1) ?? 0;
  if (depth < 1 || depth > value.shape.length) throw new Refused(`indices of ${depth} axes`, 'of axes that are there');
  const lengths = numbers(value.shape.slice(0, depth));
  const steps = strides(lengths);
  const places = numbers(Array.from(found.data), 'indices');
  const indices = range(places.length / depth).map((row) =>
    lengths.reduce(
      (sum, length, axis) => sum + axisIn(places[row * depth + axis] as number, length) * (steps[axis] as number),
      0,
    ),
  );
  const flat = reshape(node.plan, value, [count(lengths), ...value.shape.slice(depth)]);
  return gatherFrom(node.plan, flat, 0, { indices, shape: found.shape.slice(0, -1) });
};

/** Rows of what is known replaced, as exporters write `mask[…] = value`. */
const scatterNd: Operator = (node) => {
  const [data, at, updates] = [0, 1, 2].map((index) => node.plan.knownOf(node.input(index)));
  if (data === undefined || at === undefined || updates === undefined) {
    throw new Refused('parts of what images give replaced', 'parts of a constant');
  }
  if (node.text('reduction', 'none') !== 'none') throw new Refused('a reduction', 'none');
  const depth = at.shape.at(-1) ?? 0;
  const inner = count(data.shape.slice(depth));
  const steps = strides(data.shape);
  const result = empty(data.data, data.data.length);
  node.plan.spend(data.shape);
  for (let i = 0; i < result.length; i++) result[i] = data.data[i] as number;
  for (let row = 0; row * depth < at.data.length && depth > 0; row++) {
    const places = numbers(
      range(depth).map((axis) => at.data[row * depth + axis] as Dimension),
      'indices',
    );
    const to = places.reduce(
      (sum, place, axis) => sum + axisIn(place, data.shape[axis] ?? 0) * (steps[axis] as number),
      0,
    );
    for (let i = 0; i < inner; i++) result[to + i] = updates.data[row * inner + i] ?? 0;
  }
  return { ...data, data: result };
};

export const gathering: Operators = { Gather: gather, GatherND: gatherNd, ScatterND: scatterNd };
