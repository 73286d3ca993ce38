/** Operators whose outputs are known from the file alone. */
import type { Dimension } from '../../architectures';
import { axisIn, isNumber, numbers, range as upTo } from '../dimensions';
import { count, permuted } from '../fold/arrays';
import type { NodeContext, Operator, Operators } from '../node';
import { Refused } from '../refused';
import { identity, integers, known, type Known, type Value } from '../values';
import { imageNumbers } from './numbering';
import { expandTo } from './shapes';

const constant: Operator = (node) => {
  const { attributes } = node.message;
  const [name] = [...attributes.keys()];
  switch (name) {
    case 'value':
      return node.tensor(tensorOf(node));
    case 'value_float':
      return known('float', [], Float32Array.of(node.float(name, 0)));
    case 'value_floats':
      return known(
        'float',
        [(node.attribute(name, 'floats') ?? []).length],
        Float32Array.from(node.attribute(name, 'floats') ?? []),
      );
    case 'value_int':
      return integers([node.integer(name, 0)], []);
    case 'value_ints':
      return integers(node.integers(name) ?? []);
    default:
      throw new Refused(`a constant by ${name ?? 'nothing'}`, 'numbers');
  }
};

function tensorOf(node: NodeContext) {
  const tensor = node.attribute('value', 'tensor');
  if (tensor === undefined) throw new Refused('no value', `${node.operator} with one`);
  return tensor;
}

const constantOfShape: Operator = (node) => {
  const shape = node.dimensions(0) ?? [];
  const one: Value = node.message.attributes.has('value')
    ? node.tensor(tensorOf(node))
    : known('float', [1], Float32Array.of(0));
  const value = node.plan.knownOf(one) as Known;
  if (value.data.length !== 1) throw new Refused(`${value.data.length} numbers`, 'one number');
  return expandTo(node.plan, { ...value, shape: shape.map(() => 1) }, shape);
};

const range: Operator = (node) => {
  const first = node.plan.knownOf(node.input(0));
  const [end] = node.dimensions(1) ?? [];
  if (end !== undefined && !isNumber(end) && end.batch === 1 && node.number(0) === 0 && node.number(2) === 1) {
    return imageNumbers();
  }
  const [start, limit, delta] = [node.number(0), node.number(1), node.number(2)];
  if (start === undefined || limit === undefined || delta === undefined || delta === 0) {
    throw new Refused('no start, limit and delta', 'Range with all three');
  }
  const length = Math.max(0, Math.ceil((limit - start) / delta));
  node.plan.spend([length]);
  const data = Array.from({ length }, (_, at) => start + at * delta);
  return first?.family === 'float' ? known('float', [length], Float32Array.from(data)) : integers(data);
};

/** @throws Refused of what follows from the images */
function knownInput(node: NodeContext, index: number): Known {
  const value = node.plan.knownOf(node.input(index));
  if (value === undefined) throw new Refused(`${node.operator} of what follows from the images`, 'of a constant');
  node.plan.spend(value.shape);
  return value;
}

const nonZero: Operator = (node) => {
  const { shape, data } = knownInput(node, 0);
  const found = upTo(data.length).filter((at) => data[at] !== 0);
  const places = shape.map((_, axis) => {
    const inner = count(shape.slice(axis + 1));
    return found.map((at) => Math.floor(at / inner) % (shape[axis] as number));
  });
  return integers(places.flat(), [shape.length, found.length]);
};

const cumSum: Operator = (node) => {
  const value = knownInput(node, 0);
  const rank = value.shape.length;
  const axis = axisIn(node.number(1) ?? 0, rank);
  const [isExclusive, isReverse] = [node.flag('exclusive'), node.flag('reverse')];
  // The axis last, and back.
  const there = [...identity(rank).filter((each) => each !== axis), axis];
  const moved = permuted(value, there);
  const length = value.shape[axis] as number;
  const data = numbers(Array.from(moved.data));
  const result = data.map(() => 0);
  for (let row = 0; row < data.length; row += length) {
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const at = row + (isReverse ? length - 1 - i : i);
      const own = data[at] as number;
      result[at] = isExclusive ? sum : sum + own;
      sum += own;
    }
  }
  const summed = { ...moved, data: value.family === 'float' ? Float32Array.from(result) : result };
  return permuted(
    summed,
    identity(rank).map((each) => there.indexOf(each)),
  );
};

const trilu: Operator = (node) => {
  const value = knownInput(node, 0);
  const [rows, columns] = value.shape.slice(-2);
  if (rows === undefined || columns === undefined) throw new Refused('fewer than two axes', 'matrices');
  const [k, isUpper] = [node.number(1) ?? 0, node.flag('upper', true)];
  const stays = (at: number) => {
    const distance = (at % columns) - (Math.floor(at / columns) % rows);
    return isUpper ? distance >= k : distance <= k;
  };
  const data = Array.from(value.data, (each, at) => (stays(at) ? each : 0));
  return { ...value, data: value.family === 'float' ? Float32Array.from(numbers(data)) : data };
};

const oneHot: Operator = (node) => {
  const [indices, depth, values] = [knownInput(node, 0), node.number(1) ?? 0, knownInput(node, 2)];
  const rank = indices.shape.length + 1;
  const axis = axisIn(node.integer('axis', -1), rank);
  node.plan.spend([...indices.shape, depth]);
  const [off, on] = [values.data[0], values.data[1]] as [Dimension, Dimension];
  const data = Array.from(indices.data).flatMap((each) => {
    const hot = isNumber(each) && each < 0 ? each + depth : each;
    return upTo(depth).map((at) => (at === hot ? on : off));
  });
  const last = known(
    values.family,
    [...indices.shape, depth],
    values.family === 'float' ? Float32Array.from(numbers(data)) : data,
  );
  return permuted(last, [...upTo(axis), rank - 1, ...upTo(rank - 1).slice(axis)]);
};

export const constants: Operators = {
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Range: range,
  NonZero: nonZero,
  CumSum: cumSum,
  Trilu: trilu,
  OneHot: oneHot,
};
