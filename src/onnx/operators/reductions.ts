/** Sums, means and others over axes, and softmax along one. */
import type { Dimension, Reduction } from '../../architectures';
import { axesIn, axisIn, coefficient, extentOf, isNumber, range } from '../dimensions';
import { count, permuted } from '../fold/arrays';
import { hasLengths } from '../fold/elements';
import type { NodeContext, Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { Refused } from '../refused';
import { identity, known, type Known, type Order, type Value } from '../values';
import { unary } from './activations';
import { flattened, reshape } from '../plan/reshape';

/** @param axes of the file */
export function reduce(plan: Plan, value: Value, name: Reduction, axes: readonly number[], keeps: boolean): Value {
  if (value.kind === 'known') return folded(plan, value, name, axes, keeps);
  if (axes.length === 0) return value;
  for (const axis of axes) {
    if (!isNumber(value.shape[axis])) throw new Refused('a reduction over images', 'one within each image');
  }
  const places = axes.map((axis) => value.order.indexOf(axis)).sort((a, b) => a - b);
  const shape = reducedShape(value.shape, axes, keeps);
  const order = keeps ? value.order : renumbered(value.order, axes);
  return plan.compute(
    { kind: 'reduce', function: name, axes: places, keepsAxes: keeps },
    [plan.inOrder(value, value.order)],
    shape,
    order,
  );
}

function reducedShape<T>(shape: readonly T[], axes: readonly number[], keeps: boolean): (T | 1)[] {
  if (keeps) return shape.map((each, axis) => (axes.includes(axis) ? 1 : each));
  return shape.filter((_, axis) => !axes.includes(axis));
}

/** Without some axes. */
export function renumbered(order: Order, without: readonly number[]): Order {
  return order
    .filter((axis) => !without.includes(axis))
    .map((axis) => axis - without.filter((each) => each < axis).length);
}

const FOLDS: Partial<Record<Reduction, (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  mean: (a, b) => a + b,
  product: (a, b) => a * b,
  maximum: Math.max,
  minimum: Math.min,
  sumOfSquares: (a, b) => a + b * b,
  l1: (a, b) => a + Math.abs(b),
};

function folded(plan: Plan, value: Known, name: Reduction, axes: readonly number[], keeps: boolean): Value {
  const rest = range(value.shape.length).filter((axis) => !axes.includes(axis));
  const moved = permuted(value, [...rest, ...axes]);
  const inner = count(axes.map((axis) => value.shape[axis] as number));
  const outer = count(rest.map((axis) => value.shape[axis] as number));
  plan.spend(value.shape);
  const shape = reducedShape(value.shape, axes, keeps);
  if (hasLengths(value)) {
    if (name !== 'product' || outer !== 1)
      throw new Refused('lengths that the number of images plays into', 'fixed ones');
    const { count: product, batches } = extentOf(Array.from(value.data));
    if (batches > 1) throw new Refused('a product of numbers of images', 'the number itself');
    return known('integer', shape, [{ batch: product }]);
  }
  const step = FOLDS[name];
  if (step === undefined) throw new Refused(`${name} of constants`, 'one of what follows from images');
  const starts: Partial<Record<Reduction, number>> = { product: 1, maximum: -Infinity, minimum: Infinity };
  const result = Array.from({ length: outer }, (_, at) => {
    let sum = starts[name] ?? 0;
    for (let i = 0; i < inner; i++) sum = step(sum, moved.data[at * inner + i] as number);
    return name === 'mean' ? sum / inner : sum;
  });
  return known(value.family, shape, value.family === 'float' ? Float32Array.from(result) : result);
}

function reduction(name: Reduction): Operator {
  return (node) => {
    const value = node.input(0);
    const keeps = node.flag('keepdims', true);
    return reduce(node.plan, value, name, axesOf(node, value), keeps);
  };
}

/** All where none are said, unless the node says otherwise. */
function axesOf(node: NodeContext, value: Value): number[] {
  const axes = node.integersOf('axes', 1);
  if (axes !== undefined && axes.length > 0) return axesIn(axes, value.shape.length);
  return node.flag('noop_with_empty_axes') ? [] : range(value.shape.length);
}

const logSum: Operator = (node) => unary(node.plan, reduction('sum')(node) as Value, { name: 'log' });

function softmax(kind: 'softmax' | 'logSoftmax'): Operator {
  return (node) => {
    const value = node.input(0);
    const rank = value.shape.length;
    const axis = axisIn(node.integer('axis', node.opset < 13 ? 1 : -1), rank);
    const behind = value.shape.slice(axis + 1);
    // Before version 13, everything from the axis on is one.
    if (node.opset < 13 && behind.some((each: Dimension) => coefficient(each) !== 1)) {
      const flat = along(node.plan, kind, flattened(node.plan, value, axis), 1);
      return reshape(node.plan, flat, value.shape);
    }
    return along(node.plan, kind, value, axis);
  };
}

function along(plan: Plan, kind: 'softmax' | 'logSoftmax', value: Value, axis: number): Value {
  const order = value.kind === 'known' ? identity(value.shape.length) : value.order;
  return plan.compute({ kind, axis: order.indexOf(axis) }, [plan.inOrder(value, order)], value.shape, order);
}

const lpNormalisation: Operator = (node) => {
  const value = node.input(0);
  const axis = axisIn(node.integer('axis', -1), value.shape.length);
  const p = node.integer('p', 2);
  if (p !== 1 && p !== 2) throw new Refused(`p ${p}`, '1 or 2');
  const order = value.kind === 'known' ? identity(value.shape.length) : value.order;
  const operation = { kind: 'lpNormalise', axis: order.indexOf(axis), p } as const;
  return node.plan.compute(operation, [node.plan.inOrder(value, order)], value.shape, order);
};

export const reductions: Operators = {
  ReduceMean: reduction('mean'),
  ReduceSum: reduction('sum'),
  ReduceMax: reduction('maximum'),
  ReduceMin: reduction('minimum'),
  ReduceProd: reduction('product'),
  ReduceL1: reduction('l1'),
  ReduceL2: reduction('l2'),
  ReduceSumSquare: reduction('sumOfSquares'),
  ReduceLogSumExp: reduction('logSumExp'),
  ReduceLogSum: logSum,
  Softmax: softmax('softmax'),
  LogSoftmax: softmax('logSoftmax'),
  LpNormalization: lpNormalisation,
};
