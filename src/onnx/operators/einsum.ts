/** Einsum of two tensors, as a product of matrices. */
import type { Dimension } from '../../architectures';
import { extentOf, isNumber } from '../dimensions';
import { permuted } from '../fold/arrays';
import type { Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { reshape, transposed } from '../plan/reshape';
import { Refused } from '../refused';
import type { Value } from '../values';
import { multiply } from './matrices';

const einsum: Operator = (node) => {
  const equation = node.text('equation', '').replaceAll(' ', '');
  const match = /^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]*)$/.exec(equation);
  const [, left = '', right = '', output = ''] = match ?? [];
  const [a, b] = [node.input(0), node.input(1)];
  const isPlain = [left, right, output].every((letters) => new Set(letters).size === letters.length);
  if (match === null || !isPlain || left.length !== a.shape.length || right.length !== b.shape.length) {
    throw new Refused(`equation ${equation}`, 'a product of two tensors, such as "bhqd,bhkd->bhqk"');
  }
  const [first, second, wanted] = [left.split(''), right.split(''), output.split('')];
  const lengths = new Map<string, Dimension>();
  first.forEach((letter, axis) => lengths.set(letter, a.shape[axis] as Dimension));
  second.forEach((letter, axis) => lengths.set(letter, b.shape[axis] as Dimension));
  const shared = first.filter((letter) => second.includes(letter) && wanted.includes(letter));
  const summed = first.filter((letter) => second.includes(letter) && !wanted.includes(letter));
  const rows = first.filter((letter) => !second.includes(letter));
  const columns = second.filter((letter) => !first.includes(letter));
  if ([...rows, ...columns].some((letter) => !wanted.includes(letter)))
    throw new Refused(`equation ${equation}`, 'sums over shared axes');
  const { plan } = node;
  const product = multiply(
    plan,
    merged(plan, arranged(a, first, [...shared, ...rows, ...summed]), lengths, [shared, rows, summed]),
    merged(plan, arranged(b, second, [...shared, ...summed, ...columns]), lengths, [shared, summed, columns]),
    undefined,
  );
  const apart = [...shared, ...rows, ...columns];
  const whole = reshape(
    plan,
    product,
    apart.map((letter) => lengths.get(letter) as Dimension),
  );
  return arranged(whole, apart, wanted);
};

function arranged(value: Value, from: readonly string[], to: readonly string[]): Value {
  const perm = to.map((letter) => from.indexOf(letter));
  return transposed(value, perm) ?? permuted(value as Extract<Value, { kind: 'known' }>, perm);
}

/** Shared axes as they are; the others as one each. */
function merged(
  plan: Plan,
  value: Value,
  lengths: ReadonlyMap<string, Dimension>,
  [shared, rows, columns]: readonly [readonly string[], readonly string[], readonly string[]],
): Value {
  const one = (letters: readonly string[]): Dimension => {
    const { count, batches } = extentOf(letters.map((letter) => lengths.get(letter) as Dimension));
    return batches === 0 ? count : { batch: count };
  };
  const kept = shared.map((letter) => lengths.get(letter) as Dimension);
  if (kept.filter((each) => !isNumber(each)).length > 1) throw new Refused('images twice', 'the images once');
  return reshape(plan, value, [...kept, one(rows), one(columns)]);
}

export const products: Operators = { Einsum: einsum };
