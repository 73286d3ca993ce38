/** Operators that take parts of tensors. */
import type { Dimension } from '../../architectures';
import { axesIn, axisIn, isNumber, numbers, range, same, shapeText } from '../dimensions';
import { strides, view } from '../fold/arrays';
import type { Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { Refused } from '../refused';
import { known, type Value } from '../values';
import { reshape } from '../plan/reshape';

/** Along each axis: where it begins, how many, and the step. */
interface Cut {
  readonly begin: number;
  readonly size: Dimension;
  readonly step: number;
}

const slice: Operator = (node) => {
  const value = node.input(0);
  const rank = value.shape.length;
  const starts = node.integers('starts') ?? node.dimensions(1);
  const ends = node.integers('ends') ?? node.dimensions(2);
  if (starts === undefined || ends === undefined) throw new Refused('no starts and ends', 'Slice with both');
  const axes = axesIn(node.integersOf('axes', 3) ?? range(starts.length), rank);
  const steps = node.numbers(4) ?? axes.map(() => 1);
  if (ends.length !== axes.length || starts.length !== axes.length || steps.length !== axes.length) {
    throw new Refused(`${starts.length} starts and ${ends.length} ends of ${axes.length} axes`, 'as many of each');
  }
  const cuts = value.shape.map((length, axis): Cut => {
    const at = axes.indexOf(axis);
    if (at < 0) return { begin: 0, size: length, step: 1 };
    return cutOf(length, starts[at] as Dimension, ends[at] as Dimension, steps[at] as number);
  });
  return sliced(node.plan, value, cuts);
};

function cutOf(length: Dimension, start: Dimension, end: Dimension, step: number): Cut {
  if (step === 0) throw new Refused('step 0', 'a step forwards or backwards');
  if (!isNumber(length)) {
    const isWhole = start === 0 && step === 1 && (isNumber(end) ? end >= 2 ** 31 - 1 : same(end, length));
    if (!isWhole) throw new Refused('a part of the images', 'all of them');
    return { begin: 0, size: length, step: 1 };
  }
  const [from, to] = numbers([start, end], 'starts and ends');
  const clamp = (place: number, low: number, high: number) =>
    Math.min(Math.max(place < 0 ? place + length : place, low), high);
  if (step > 0) {
    const [begin, stop] = [clamp(from as number, 0, length), clamp(to as number, 0, length)];
    return { begin, size: Math.max(0, Math.ceil((stop - begin) / step)), step };
  }
  const begin = clamp(from as number, -1, length - 1);
  // An end far before the first is before the first.
  const stop = (to as number) < -length ? -1 : clamp(to as number, -1, length - 1);
  return { begin, size: Math.max(0, Math.ceil((stop - begin) / step)), step };
}

export function sliced(plan: Plan, value: Value, cuts: readonly Cut[]): Value {
  if (
    cuts.every(({ begin, size, step }, axis) => begin === 0 && step === 1 && same(size, value.shape[axis] as Dimension))
  ) {
    return value;
  }
  const shape = cuts.map(({ size }) => size);
  if (value.kind === 'known') {
    const steps = strides(value.shape);
    const offset = cuts.reduce((sum, { begin }, axis) => sum + begin * (steps[axis] as number), 0);
    const total = numbers(shape);
    const own = cuts.map(({ step }, axis) => step * (steps[axis] as number));
    plan.spend(total);
    return known(value.family, total, view(value.data, total, own, offset));
  }
  if (shape.includes(0)) throw new Refused(`a part ${shapeText(shape)}`, 'at least one element');
  const ordered = value.order.map((axis) => cuts[axis] as Cut);
  return plan.compute(
    {
      kind: 'slice',
      begin: ordered.map(({ begin }) => begin),
      size: ordered.map(({ size }) => size),
      step: ordered.map(({ step }) => step),
    },
    [plan.inOrder(value, value.order)],
    shape,
    value.order,
  );
}

/** So many along one axis. */
export function part(plan: Plan, value: Value, axis: number, begin: number, size: number): Value {
  return sliced(
    plan,
    value,
    value.shape.map((length, at) => (at === axis ? { begin, size, step: 1 } : { begin: 0, size: length, step: 1 })),
  );
}

const split: Operator = (node) => {
  const value = node.input(0);
  const axis = axisIn(node.integer('axis', 0), value.shape.length);
  const length = value.shape[axis];
  if (!isNumber(length)) throw new Refused('images apart', 'all of them together');
  const parts = node.integer('num_outputs', node.outputCount);
  const even = Math.ceil(length / Math.max(1, parts));
  const sizes = node.integersOf('split', 1) ?? range(parts).map((at) => Math.min(even, length - at * even));
  if (sizes.reduce((sum, each) => sum + each, 0) !== length || sizes.some((each) => each < 0)) {
    throw new Refused(`parts of ${sizes.join(', ')}`, `parts of ${length} in all`);
  }
  let begin = 0;
  return sizes.map((size) => {
    begin += size;
    return part(node.plan, value, axis, begin - size, size);
  });
};

/** Parts in a row: of the lengths that are said, or of one each. */
const splitToSequence: Operator = (node) => {
  const value = node.input(0);
  const axis = axisIn(node.integer('axis', 0), value.shape.length);
  const length = value.shape[axis];
  if (!isNumber(length)) throw new Refused('images apart', 'all of them together');
  const said = node.numbers(1);
  const keeps = said !== undefined || node.flag('keepdims', true);
  const isEven = said?.length === 1 && (node.inputs[1]?.shape.length ?? 0) === 0;
  const step = isEven ? Math.max(1, said[0] as number) : 1;
  const even = range(Math.ceil(length / step)).map((at) => Math.min(step, length - at * step));
  const sizes = said !== undefined && !isEven ? said : even;
  if (sizes.reduce((sum, each) => sum + each, 0) !== length)
    throw new Refused(`parts of ${sizes.join(', ')}`, `${length} in all`);
  let begin = 0;
  const items = sizes.map((size) => {
    begin += size;
    const item = part(node.plan, value, axis, begin - size, size);
    return keeps
      ? item
      : reshape(
          node.plan,
          item,
          item.shape.filter((_, at) => at !== axis),
        );
  });
  return { kind: 'sequence', items };
};

const sequenceAt: Operator = (node) => {
  const [sequence] = node.given;
  if (sequence?.kind !== 'sequence') throw new Refused('no sequence', 'SequenceAt of one');
  return sequence.items[axisIn(node.number(1) ?? 0, sequence.items.length)] as Value;
};

export const slicing: Operators = {
  Slice: slice,
  Split: split,
  SplitToSequence: splitToSequence,
  SequenceAt: sequenceAt,
};
