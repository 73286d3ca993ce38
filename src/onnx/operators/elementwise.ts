/** Operators of two tensors or more, element by element. */
import type { BinaryFunction, Dimension, Shape } from '../../architectures';
import { broadcast, coefficient, isNumber, numbers } from '../dimensions';
import { expanded } from '../fold/arrays';
import { foldBinary } from '../fold/elements';
import type { NodeContext, Operator, Operators } from '../node';
import { Refused } from '../refused';
import type { Plan } from '../plan/plan';
import { linearBias } from './linearBias';
import {
  CHANNELS_LAST,
  identity,
  known,
  sameOrder,
  type Computed,
  type Known,
  type Order,
  type Value,
} from '../values';

const FUNCTIONS: Readonly<Record<string, BinaryFunction>> = {
  Add: 'add',
  Sub: 'subtract',
  Mul: 'multiply',
  Div: 'divide',
  Pow: 'power',
  Min: 'minimum',
  Max: 'maximum',
  Mod: 'modulo',
};

const COMPARISONS = ['Equal', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'And', 'Or', 'Xor'];

/** Two values of any kind. */
export function binary(plan: Plan, operator: string, a: Value, b: Value): Value {
  if (a.kind === 'known' && b.kind === 'known') {
    plan.spend(numbers(broadcast(a.shape, b.shape)));
    return foldBinary(operator, a, b);
  }
  return emitBinary(plan, FUNCTIONS[operator] as BinaryFunction, a, b);
}

export function emitBinary(plan: Plan, name: BinaryFunction, a: Value, b: Value): Computed {
  const shape = broadcast(a.shape, b.shape);
  const order = commonOrder([a, b], shape);
  return plan.compute({ kind: 'binary', function: name }, [plan.ranked(a, order), plan.ranked(b, order)], shape, order);
}

export function scalar(value: number): Known {
  return known('float', [], Float32Array.of(value));
}

/** The order of the largest, so that as little as possible moves; of feature maps before any other. */
export function commonOrder(values: readonly Value[], shape: Shape): Order {
  const held = values.filter((value): value is Exclude<Value, Known> => value.kind !== 'known');
  const whole = held.filter((value) => value.shape.length === shape.length);
  const sized = whole.map((value) => ({ value, size: sizeOf(value.shape) }));
  const largest = Math.max(...sized.map(({ size }) => size));
  const candidates = sized.filter(({ size }) => size === largest).map(({ value }) => value.order);
  return candidates.find((order) => sameOrder(order, CHANNELS_LAST)) ?? candidates[0] ?? identity(shape.length);
}

function sizeOf(shape: Shape): number {
  // What follows the images is larger than what does not.
  return shape.reduce<number>((size, each: Dimension) => size * coefficient(each) * (isNumber(each) ? 1 : 1024), 1);
}

const arithmetic: Operator = (node) => {
  const [a, b] = [node.input(0), node.input(1)];
  if (node.operator === 'Mod' && node.flag('fmod') && a.kind !== 'known') throw new Refused('fmod', 'a plain Mod');
  return binary(node.plan, node.operator, a, b);
};

const add: Operator = (node) => linearBias(node.plan, node.input(0), node.input(1)) ?? arithmetic(node);

const pow: Operator = (node) => {
  const [x, exponent] = [node.input(0), node.input(1)];
  const value = exponent.kind === 'known' && exponent.data.length === 1 ? exponent.data[0] : undefined;
  if (x.kind !== 'known' && value === 2) return emitBinary(node.plan, 'multiply', x, x);
  if (x.kind !== 'known' && value === 0.5) {
    return node.plan.compute(
      { kind: 'unary', function: { name: 'sqrt' } },
      [node.plan.inOrder(x, x.order)],
      x.shape,
      x.order,
    );
  }
  return binary(node.plan, 'Pow', x, exponent);
};

const comparison: Operator = (node) => {
  const [a, b] = [node.input(0), node.input(1)];
  const [left, right] = [node.plan.knownOf(a), node.plan.knownOf(b)];
  if (left === undefined || right === undefined) throw new Refused('a comparison of what images give', 'of constants');
  return binary(node.plan, node.operator, left, right);
};

/** Of any number of inputs. */
function variadic(operator: string): (node: NodeContext) => Value {
  return (node) => node.all().reduce((sum, value) => binary(node.plan, operator, sum, value));
}

const mean: Operator = (node) => binary(node.plan, 'Mul', variadic('Add')(node), scalar(1 / node.inputs.length));

const prelu: Operator = (node) => emitBinary(node.plan, 'prelu', node.input(0), node.input(1));

const where: Operator = (node) => {
  const { plan } = node;
  const condition = plan.knownOf(node.input(0));
  if (condition === undefined) throw new Refused('a condition that follows from the images', 'a constant one');
  const [yes, no] = [node.input(1), node.input(2)];
  const shape = [condition.shape, yes.shape, no.shape].reduce<Shape>(broadcast, []);
  if (yes.kind === 'known' && no.kind === 'known') return foldWhere(plan, condition, yes, no, numbers(shape));
  const order = commonOrder([yes, no], shape);
  const inputs = [condition, yes, no].map((value) => plan.ranked(value, order));
  return plan.compute({ kind: 'select' }, inputs, shape, order);
};

function foldWhere(plan: Plan, condition: Known, yes: Known, no: Known, shape: readonly number[]): Known {
  plan.spend(shape);
  const [which, a, b] = [condition, yes, no].map((each) => expanded(each, shape).data) as [
    ArrayLike<Dimension>,
    ArrayLike<Dimension>,
    ArrayLike<Dimension>,
  ];
  const data = Array.from({ length: which.length }, (_, at) => (which[at] === 0 ? b[at] : a[at]) as Dimension);
  return known(yes.family, shape, yes.family === 'float' && data.every(isNumber) ? Float32Array.from(data) : data);
}

export const elementwise: Operators = {
  Add: add,
  Sub: arithmetic,
  Mul: arithmetic,
  Div: arithmetic,
  Mod: arithmetic,
  Pow: pow,
  Min: variadic('Min'),
  Max: variadic('Max'),
  Sum: variadic('Add'),
  Mean: mean,
  PRelu: prelu,
  Where: where,
  ...Object.fromEntries(COMPARISONS.map((operator) => [operator, comparison])),
};
