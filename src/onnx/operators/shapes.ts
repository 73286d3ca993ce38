/** Operators that look at shapes, and those that change them without computing. */
import type { Dimension, Shape } from '../../architectures';
import {
  axesIn,
  axisIn,
  broadcast,
  coefficient,
  extentOf,
  isNumber,
  numbers,
  sameShape,
  shapeText,
} from '../dimensions';
import { expanded, permuted } from '../fold/arrays';
import type { NodeContext, Operator, Operators } from '../node';
import type { Plan } from '../plan/plan';
import { flattened, reshape, resolveShape, transposed } from '../plan/reshape';
import { familyOf } from '../proto/numbers';
import { Refused } from '../refused';
import { CHANNELS_LAST, identity, integers, known, type Value } from '../values';

const shapeOf: Operator = (node) => {
  const { shape } = node.input(0);
  const at = (name: string, otherwise: number) => {
    const place = node.integer(name, otherwise);
    return Math.min(Math.max(place < 0 ? place + shape.length : place, 0), shape.length);
  };
  return integers(shape.slice(at('start', 0), at('end', shape.length)));
};

const size: Operator = (node) => {
  const { count: elements, batches } = extentOf(node.input(0).shape);
  return integers([batches === 0 ? elements : { batch: elements }], []);
};

const reshapeTo: Operator = (node) => {
  const value = node.input(0);
  const wanted = node.integers('shape') ?? node.dimensions(1);
  if (wanted === undefined) throw new Refused('no shape', 'Reshape with one');
  return reshape(node.plan, value, resolveShape(node.plan, value.shape, wanted, !node.flag('allowzero')));
};

const flatten: Operator = (node) => {
  const value = node.input(0);
  const rank = value.shape.length;
  const axis = node.integer('axis', 1);
  return flattened(node.plan, value, axis === rank ? rank : axisIn(axis, rank));
};

const squeeze: Operator = (node) => {
  const value = node.input(0);
  const { shape } = value;
  const said = node.integersOf('axes', 1);
  const axes = said === undefined ? [] : axesIn(said, shape.length);
  for (const axis of axes) {
    if (shape[axis] !== 1) throw new Refused(`axis ${axis} of ${shapeText(shape)}`, 'an axis of length 1');
  }
  const goes = (length: Dimension, axis: number) => (said === undefined ? length === 1 : axes.includes(axis));
  return reshape(
    node.plan,
    value,
    shape.filter((length, axis) => !goes(length, axis)),
  );
};

const unsqueeze: Operator = (node) => {
  const value = node.input(0);
  const said = node.integersOf('axes', 1);
  if (said === undefined) throw new Refused('no axes', 'Unsqueeze with some');
  const axes = axesIn(said, value.shape.length + said.length);
  const rest = [...value.shape];
  const shape = Array.from({ length: rest.length + axes.length }, (_, axis) =>
    axes.includes(axis) ? 1 : (rest.shift() as Dimension),
  );
  return reshape(node.plan, value, shape);
};

const transpose: Operator = (node) => {
  const value = node.input(0);
  const rank = value.shape.length;
  const perm = node.integers('perm') ?? identity(rank).toReversed();
  if (perm.length !== rank || axesIn(perm, rank).length !== rank) {
    throw new Refused(`perm [${perm.join(', ')}] of ${rank} axes`, 'each axis once');
  }
  if (value.kind !== 'known') return transposed(value, perm) as Value;
  node.plan.spend(value.shape);
  return permuted(value, perm);
};

const expand: Operator = (node) => {
  const value = node.input(0);
  const wanted = node.dimensions(1);
  if (wanted === undefined) throw new Refused('no shape', 'Expand with one');
  return expandTo(node.plan, value, broadcast(value.shape, wanted));
};

/** @param shape that the value can be broadcast to */
export function expandTo(plan: Plan, value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value;
  if (value.kind === 'known' && shape.every(isNumber)) {
    plan.spend(shape);
    return expanded(value, numbers(shape));
  }
  const order = value.kind !== 'known' && value.shape.length === shape.length ? value.order : identity(shape.length);
  const memory = order.map((axis) => shape[axis] as Dimension);
  return plan.compute({ kind: 'expand', shape: memory }, [plan.ranked(value, order)], shape, order);
}

const tile: Operator = (node) => {
  const { plan } = node;
  const value = node.input(0);
  const times = node.dimensions(1);
  if (times?.length !== value.shape.length) throw new Refused(`repeats ${times?.length ?? 'left out'}`, 'one an axis');
  const shape = value.shape.map((length, axis) => tiled(length, times[axis] as Dimension));
  if (sameShape(shape, value.shape)) return value;
  // What is one long is as well broadcast.
  if (value.shape.every((length, axis) => length === 1 || times[axis] === 1)) return expandTo(plan, value, shape);
  const repeats = numbers(times, 'repeats');
  if (value.kind === 'known') {
    plan.spend(numbers(shape));
    const [doubled, outer] = [
      value.shape.flatMap((length) => [1, length]),
      value.shape.flatMap((length, axis) => [repeats[axis] as number, length]),
    ];
    return { ...expanded({ ...value, shape: doubled }, outer), shape: numbers(shape) };
  }
  const { order } = value;
  const input = plan.inOrder(value, order);
  return plan.compute({ kind: 'tile', times: order.map((axis) => repeats[axis] as number) }, [input], shape, order);
};

function tiled(length: Dimension, times: Dimension): Dimension {
  const product = coefficient(length) * coefficient(times);
  if (isNumber(length) && isNumber(times)) return product;
  if (!isNumber(length) && !isNumber(times))
    throw new Refused('images, as many times as there are images', 'them once');
  return { batch: product };
}

const identityOf: Operator = (node) => node.input(0);

/** In inference, dropout does nothing; its mask is never asked for. */
const dropout: Operator = (node) => {
  node.plan.notes.add('Dropout is left out: it plays no part in inference, and training here goes without it.');
  return node.input(0);
};

const cast: Operator = (node) => casted(node, node.integer('to', 1));

const castLike: Operator = (node) => {
  const like = node.input(1);
  return casted(node, like.kind === 'known' && like.family !== 'float' ? (like.family === 'integer' ? 7 : 9) : 1);
};

function casted(node: NodeContext, to: number): Value {
  const value = node.input(0);
  const family = familyOf(to);
  if (family === undefined) throw new Refused(`a cast to type ${to}`, 'a cast to numbers');
  if (value.kind === 'computed' || (value.kind === 'weight' && family === 'float')) {
    if (family !== 'float') throw new Refused('whole numbers that follow from the images', 'floating-point numbers');
    return value;
  }
  const from = node.plan.knownOf(value);
  if (from === undefined || from.family === family) return from ?? value;
  if (family === 'float') return known(family, from.shape, floats(from.data));
  const whole = (each: Dimension) =>
    isNumber(each) ? (family === 'boolean' ? Number(each !== 0) : Math.trunc(each)) : each;
  return known(family, from.shape, Array.from(from.data, whole));
}

function floats(data: ArrayLike<Dimension>): ArrayLike<Dimension> {
  const all = Array.from(data);
  return all.every(isNumber) ? Float32Array.from(all) : all;
}

/** Channels to positions and back: [n, c, h, w] in blocks of b × b. */
const depthToSpace: Operator = (node) => {
  const [block, value] = [node.integer('blocksize', 0), node.input(0)];
  const [n, c, h, w] = mapShape(value);
  if (block < 1 || c % (block * block) !== 0) throw new Refused(`blocks of ${block}`, `blocks that ${c} channels fill`);
  const rest = c / (block * block);
  const isDepthFirst = node.text('mode', 'DCR') === 'DCR';
  const split = isDepthFirst ? [n, block, block, rest, h, w] : [n, rest, block, block, h, w];
  const moved = transposed(reshape(node.plan, value, split), isDepthFirst ? [0, 3, 4, 1, 5, 2] : [0, 1, 4, 2, 5, 3]);
  return asMap(node.plan, reshape(node.plan, moved as Value, [n, rest, h * block, w * block]));
};

const spaceToDepth: Operator = (node) => {
  const [block, value] = [node.integer('blocksize', 0), node.input(0)];
  const [n, c, h, w] = mapShape(value);
  if (block < 1 || h % block !== 0 || w % block !== 0)
    throw new Refused(`blocks of ${block}`, `blocks that ${h} × ${w} fill`);
  const split = reshape(node.plan, value, [n, c, h / block, block, w / block, block]);
  const moved = transposed(split, [0, 3, 5, 1, 2, 4]);
  return asMap(node.plan, reshape(node.plan, moved as Value, [n, c * block * block, h / block, w / block]));
};

function mapShape({ shape, kind }: Value): readonly [Dimension, number, number, number] {
  const [n, c, h, w, ...more] = shape;
  if (kind === 'known' || n === undefined || !isNumber(c) || !isNumber(h) || !isNumber(w) || more.length > 0) {
    throw new Refused(`a tensor ${shapeText(shape)}`, 'a feature map [n, c, h, w]');
  }
  return [n, c, h, w];
}

function asMap(plan: Plan, value: Value): Value {
  if (value.kind !== 'computed') return value;
  const input = plan.inOrder(value, CHANNELS_LAST);
  return 'value' in input ? { ...value, id: input.value, order: CHANNELS_LAST } : value;
}

export const shapes: Operators = {
  Shape: shapeOf,
  Size: size,
  Reshape: reshapeTo,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Expand: expand,
  Tile: tile,
  Identity: identityOf,
  Dropout: dropout,
  Cast: cast,
  CastLike: castLike,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
};
