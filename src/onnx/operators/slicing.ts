/** Operators that take parts of tensors and put tensors together. */
import type { Dimension, Shape } from '../../architectures';
import { axesIn, axisIn, coefficient, isNumber, numbers, range, same, shapeText } from '../dimensions';
import { concatenated, count, empty, gathered, strides, view } from '../fold/arrays';
import type { Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { Refused } from '../refused';
import { identity, known, type Known, type Order, type Value } from '../values';
import { commonOrder } from './elementwise';
import { reshape } from '../plan/reshape';
import { expandTo } from './shapes';

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
function part(plan: Plan, value: Value, axis: number, begin: number, size: number): Value {
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

const concat: Operator = (node) => {
  const { plan } = node;
  const parts = node.all();
  const [first] = parts as [Value];
  if (!node.message.attributes.has('axis') && node.opset >= 4) throw new Refused('no axis', 'Concat with one');
  const axis = axisIn(node.integer('axis', 1), first.shape.length);
  if (parts.every((each): each is Known => each.kind === 'known')) {
    checkParts(parts, axis);
    plan.spend(parts.map(({ shape }) => count(shape)).reduce((sum, each) => [(sum[0] as number) + each], [0]));
    return concatenated(parts, axis);
  }
  const whole = parts.map((each) => withImages(plan, each, parts, axis));
  checkParts(whole, axis);
  if (whole.length === 1) return first;
  const lengths = whole.map(({ shape }) => shape[axis] as Dimension);
  if (!lengths.every(isNumber)) throw new Refused('images one behind the other', 'the images once');
  const total = lengths.reduce((sum, each) => sum + each, 0);
  const shape = first.shape.map((length, at) => (at === axis ? total : (withBatch(whole, at) ?? length)));
  const order = commonOrder(whole, shape);
  const inputs = whole.map((each) => plan.inOrder(each, order));
  return plan.compute({ kind: 'concatenate', axis: order.indexOf(axis) }, inputs, shape, order);
};

function withBatch(parts: readonly Value[], axis: number): Dimension | undefined {
  return parts.map(({ shape }) => shape[axis] as Dimension).find((each) => !isNumber(each));
}

/** In a file for a fixed number of images, what is the same for each was written out for as many. */
function withImages(plan: Plan, value: Value, parts: readonly Value[], axis: number): Value {
  const shape = value.shape.map((length, at) => {
    const batch = at === axis ? undefined : withBatch(parts, at);
    const isOne = batch !== undefined && isNumber(length) && length === 1;
    return isOne && plan.fixedBatch !== undefined && coefficient(batch) * plan.fixedBatch === length ? batch : length;
  });
  return expandTo(plan, value, shape);
}

function checkParts(parts: readonly Value[], axis: number): void {
  const [first] = parts as [Value];
  for (const { shape } of parts) {
    const fits =
      shape.length === first.shape.length &&
      shape.every((each, at) => at === axis || same(each, first.shape[at] as Dimension));
    if (!fits)
      throw new Refused(`${shapeText(first.shape)} beside ${shapeText(shape)}`, `equal lengths but for axis ${axis}`);
  }
}

const pad: Operator = (node) => {
  const { plan } = node;
  const value = node.input(0);
  const rank = value.shape.length;
  const pads = node.integers('pads') ?? node.numbers(1);
  if (pads === undefined) throw new Refused('no pads', 'Pad with some');
  const axes = axesIn(node.numbers(3) ?? range(rank), rank);
  if (pads.length !== 2 * axes.length) throw new Refused(`${pads.length} pads of ${axes.length} axes`, 'two an axis');
  const mode = node.text('mode', 'constant');
  if (mode !== 'constant' && mode !== 'reflect' && mode !== 'edge')
    throw new Refused(`mode ${mode}`, 'constant, reflect or edge');
  const sides = range(rank).map((axis): [number, number] => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [pads[at] as number, pads[at + axes.length] as number];
  });
  return padded(plan, value, sides, mode, node.attribute('value', 'float') ?? node.number(2) ?? 0);
};

function padded(
  plan: Plan,
  value: Value,
  sides: readonly (readonly [number, number])[],
  mode: 'constant' | 'reflect' | 'edge',
  filling: number,
): Value {
  for (const [axis, [before, after]] of sides.entries()) {
    const length = value.shape[axis] as Dimension;
    if (before === 0 && after === 0) continue;
    if (!isNumber(length)) throw new Refused('more images', 'as many as there are');
    if (mode === 'reflect' && Math.max(before, after) >= length)
      throw new Refused(`${Math.max(before, after)} reflected of ${length}`, 'fewer than there are');
    if (length + Math.min(0, before) + Math.min(0, after) < 1)
      throw new Refused('everything left out', 'something that stays');
  }
  // What is left out goes first.
  const cut = sliced(
    plan,
    value,
    value.shape.map((length, axis) => {
      const [before, after] = (sides[axis] as readonly [number, number]).map((each) => Math.max(0, -each)) as [
        number,
        number,
      ];
      return { begin: before, size: isNumber(length) ? length - before - after : length, step: 1 };
    }),
  );
  const added = sides.map(([before, after]) => [Math.max(0, before), Math.max(0, after)] as const);
  if (added.every(([before, after]) => before + after === 0)) return cut;
  const shape: Shape = cut.shape.map((length, axis) => {
    const [before, after] = added[axis] as readonly [number, number];
    return isNumber(length) ? length + before + after : length;
  });
  const order = cut.kind === 'known' ? identity(shape.length) : cut.order;
  return plan.compute(
    { kind: 'pad', paddings: order.map((axis) => added[axis] as readonly [number, number]), mode, value: filling },
    [plan.inOrder(cut, order)],
    shape,
    order,
  );
}

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

export const slicing: Operators = {
  Slice: slice,
  Split: split,
  SplitToSequence: splitToSequence,
  SequenceAt: sequenceAt,
  Gather: gather,
  GatherND: gatherNd,
  Concat: concat,
  Pad: pad,
  ScatterND: scatterNd,
};
