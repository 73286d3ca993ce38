/** Gemm and MatMul: linear layers, and products of what images give. */
import type { Dimension, Input, Shape } from '../../architectures';
import { broadcast, isNumber, same, shapeText } from '../dimensions';
import { permuted } from '../fold/arrays';
import type { Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { transposed } from '../plan/reshape';
import { Refused } from '../refused';
import { identity, sameOrder, type Computed, type Order, type Value, type Weight } from '../values';
import { biasInput, moduleFor } from './convolution';
import { binary, scalar } from './elementwise';

const gemm: Operator = (node) => {
  const { plan } = node;
  const a = flipped(node.input(0), node.flag('transA'));
  const b = flipped(node.input(1), node.flag('transB'));
  if (a.shape.length !== 2 || b.shape.length !== 2) {
    throw new Refused(`${shapeText(a.shape)} by ${shapeText(b.shape)}`, 'two matrices');
  }
  const module = moduleFor(node, b);
  const product = scaled(plan, multiply(plan, a, b, module), node.float('alpha', 1));
  const c = node.inputs[2];
  const beta = node.float('beta', 1);
  if (c === undefined || beta === 0) return product;
  const [inputs, outputs] = b.shape;
  const isPlain =
    beta === 1 && b.kind === 'weight' && c.shape.length === 1 && same(c.shape[0] as Dimension, outputs as Dimension);
  if (!isPlain) return binary(plan, 'Add', product, scaled(plan, c, beta));
  const [bias] = biasInput(node, 2, outputs as number, module, inputs as number);
  if (bias === undefined) return product;
  return plan.compute({ kind: 'binary', function: 'add' }, [plan.inFileOrder(product), bias], product.shape);
};

function scaled(plan: Plan, value: Value, factor: number): Value {
  return factor === 1 ? value : binary(plan, 'Mul', value, scalar(factor));
}

function flipped(value: Value, isFlipped: boolean): Value {
  if (!isFlipped) return value;
  if (value.kind !== 'known') return transposed(value, [1, 0]) as Value;
  return permuted(value, [1, 0]);
}

const matMul: Operator = (node) => {
  const [a, b] = [node.input(0), node.input(1)];
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw new Refused(`${shapeText(a.shape)} by ${shapeText(b.shape)}`, 'matrices of two axes or more');
  }
  return multiply(node.plan, a, b, moduleFor(node, b));
};

/** Batched as NumPy's. */
export function multiply(plan: Plan, a: Value, b: Value, module: string | undefined): Computed {
  const [m, k] = a.shape.slice(-2) as [Dimension, Dimension];
  const [inner, n] = b.shape.slice(-2) as [Dimension, Dimension];
  if (!same(k, inner)) throw new Refused(`${shapeText(a.shape)} by ${shapeText(b.shape)}`, 'matrices that fit');
  const shape: Shape = [...broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n];
  const left = matrix(plan, a);
  const right = b.kind === 'weight' && b.shape.length === 2 ? linear(plan, b, module) : matrix(plan, b);
  const operation = { kind: 'matMul', transposeA: left.isFlipped, transposeB: right.isFlipped } as const;
  const result = plan.compute(operation, [left.input, right.input], shape);
  if (b.kind === 'weight' && module !== undefined && isNumber(inner))
    plan.linear.set(result.id, { module, fanIn: inner });
  return result;
}

interface Matrix {
  readonly input: Input;
  /** Whether its last two axes lie exchanged. */
  readonly isFlipped: boolean;
}

function matrix(plan: Plan, value: Value): Matrix {
  const order = identity(value.shape.length);
  const [row, column] = order.slice(-2) as [number, number];
  const exchanged: Order = [...order.slice(0, -2), column, row];
  const isFlipped = value.kind !== 'known' && sameOrder(value.order, exchanged);
  return { input: plan.inOrder(value, isFlipped ? exchanged : order), isFlipped };
}

/** A weight [in, out] in the file is PyTorch's [out, in] of a linear layer, which lies as [in, out]. */
function linear(plan: Plan, weight: Weight, module: string | undefined): Matrix {
  if (!plan.mayTake(weight, 'linear')) return matrix(plan, weight);
  const [inputs, outputs] = weight.shape as [number, number];
  const order = [weight.order.indexOf(1), weight.order.indexOf(0)];
  const name = `${module ?? weight.name}.weight`;
  return { input: plan.parameter(weight, { role: 'linear', shape: [outputs, inputs], order, name }), isFlipped: false };
}

export const matrices: Operators = { Gemm: gemm, MatMul: matMul };
