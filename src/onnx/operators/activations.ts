/** Operators of one tensor, element by element. */
import type { UnaryFunction } from '../../architectures';
import { foldUnary, hasLengths, UNARY } from '../fold/elements';
import type { Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { Refused } from '../refused';
import type { Value } from '../values';
import { binary, scalar } from './elementwise';

/** Those without settings. */
type Plain = Exclude<
  UnaryFunction['name'],
  'leakyRelu' | 'elu' | 'celu' | 'thresholdedRelu' | 'selu' | 'hardSigmoid' | 'clip'
>;

export function unary(plan: Plan, value: Value, name: UnaryFunction): Value {
  // What is known lies as the file has it.
  const order = value.kind === 'known' ? value.shape.map((_, axis) => axis) : value.order;
  return plan.compute({ kind: 'unary', function: name }, [plan.inOrder(value, order)], value.shape, order);
}

/** Without settings; folded where {@link UNARY} has it. */
function named(name: Plain): Operator {
  return (node) => {
    const value = node.input(0);
    const fold = UNARY[node.operator];
    if (value.kind !== 'known' || fold === undefined) return unary(node.plan, value, { name });
    if (hasLengths(value) && ['Ceil', 'Floor', 'Round'].includes(node.operator)) return value;
    node.plan.spend(value.shape);
    return foldUnary(value, fold);
  };
}

const leakyRelu: Operator = (node) =>
  unary(node.plan, node.input(0), { name: 'leakyRelu', alpha: node.float('alpha', 0.01) });
const elu: Operator = (node) => unary(node.plan, node.input(0), { name: 'elu', alpha: node.float('alpha', 1) });
const celu: Operator = (node) => unary(node.plan, node.input(0), { name: 'celu', alpha: node.float('alpha', 1) });
const thresholdedRelu: Operator = (node) =>
  unary(node.plan, node.input(0), { name: 'thresholdedRelu', alpha: node.float('alpha', 1) });

const selu: Operator = (node) => {
  const [alpha, gamma] = [
    node.float('alpha', 1.67326319217681884765625),
    node.float('gamma', 1.05070102214813232421875),
  ];
  return unary(node.plan, node.input(0), { name: 'selu', alpha, gamma });
};

const hardSigmoid: Operator = (node) => {
  const [alpha, beta] = [node.float('alpha', 0.2), node.float('beta', 0.5)];
  return unary(node.plan, node.input(0), { name: 'hardSigmoid', alpha, beta });
};

const gelu: Operator = (node) => {
  const approximate = node.text('approximate', 'none');
  if (approximate !== 'none' && approximate !== 'tanh') throw new Refused(`approximate ${approximate}`, 'none or tanh');
  return unary(node.plan, node.input(0), { name: approximate === 'none' ? 'gelu' : 'geluTanh' });
};

/** x · sigmoid(α·x) */
const swish: Operator = (node) => {
  const alpha = node.float('alpha', 1);
  const x = node.input(0);
  if (alpha === 1) return unary(node.plan, x, { name: 'silu' });
  const gate = unary(node.plan, binary(node.plan, 'Mul', x, scalar(alpha)), { name: 'sigmoid' });
  return binary(node.plan, 'Mul', x, gate);
};

const clip: Operator = (node) => {
  const minimum = node.attribute('min', 'float') ?? node.number(1) ?? -Infinity;
  const maximum = node.attribute('max', 'float') ?? node.number(2) ?? Infinity;
  const value = node.input(0);
  if (value.kind !== 'known') {
    if (minimum === -Infinity && maximum === Infinity) return value;
    return unary(node.plan, value, { name: 'clip', minimum, maximum });
  }
  // A length of images is at least one image's.
  if (hasLengths(value) && minimum <= 1 && maximum >= 2 ** 31 - 1) return value;
  return foldUnary(value, (x) => Math.min(Math.max(x, minimum), maximum));
};

const not: Operator = (node) => {
  const value = node.plan.knownOf(node.input(0));
  if (value === undefined) throw new Refused('what follows from the images', 'a constant');
  return { ...foldUnary(value, (x) => Number(x === 0)), family: 'boolean' };
};

export const activations: Operators = {
  Relu: named('relu'),
  Sigmoid: named('sigmoid'),
  Tanh: named('tanh'),
  Exp: named('exp'),
  Log: named('log'),
  Sqrt: named('sqrt'),
  Reciprocal: named('reciprocal'),
  Neg: named('negate'),
  Abs: named('absolute'),
  Erf: named('erf'),
  Softplus: named('softplus'),
  Softsign: named('softsign'),
  Sin: named('sine'),
  Cos: named('cosine'),
  Floor: named('floor'),
  Ceil: named('ceil'),
  Round: named('round'),
  Sign: named('sign'),
  HardSwish: named('hardSwish'),
  Mish: named('mish'),
  LeakyRelu: leakyRelu,
  Elu: elu,
  Celu: celu,
  Selu: selu,
  ThresholdedRelu: thresholdedRelu,
  HardSigmoid: hardSigmoid,
  Gelu: gelu,
  Swish: swish,
  Clip: clip,
  Not: not,
};
