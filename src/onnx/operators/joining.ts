/** Operators that put tensors together, and something around them. */
import type { Dimension, Shape } from '../../architectures';
import { axesIn, axisIn, coefficient, isNumber, range, same, shapeText } from '../dimensions';
import { concatenated, count } from '../fold/arrays';
import type { Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { Refused } from '../refused';
import { identity, type Known, type Value } from '../values';
import { commonOrder } from './elementwise';
import { expandTo } from './shapes';
import { sliced } from './slicing';

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

export const joining: Operators = { Concat: concat, Pad: pad };
