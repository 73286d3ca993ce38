/**
 * Numbers of images: exporters write a strided view as an index for each image, which goes to the elements of that image
 * alone.
 */
import { broadcast, extentOf, isNumber, numbers, shapeText } from '../dimensions';
import { foldBinary } from '../fold/elements';
import type { NodeContext } from '../node';
import { reshape } from '../plan/reshape';
import { Refused } from '../refused';
import { integers, isTensor, type Given, type Known, type Numbering, type Value } from '../values';
import { gatherFrom } from './gathering';

type NumberingOperator = (node: NodeContext, numbering: Numbering, other: Value | undefined) => Given;

/** Of the numbers from 0 on, one an image. */
export function imageNumbers(): Numbering {
  return { kind: 'numbering', step: 1, axis: 0, base: integers([0]) };
}

const multiplied: NumberingOperator = (_, numbering, other) => {
  const factor = other?.kind === 'known' && other.data.length === 1 ? other.data[0] : undefined;
  if (!isNumber(factor)) throw new Refused('numbers of images times several', 'times one number');
  const base = foldBinary('Mul', numbering.base, { ...(other as Known), shape: [] });
  return { ...numbering, step: numbering.step * factor, base };
};

const added: NumberingOperator = (_, numbering, other) => {
  if (other?.kind !== 'known') throw new Refused('numbers of images with what follows from them', 'with constants');
  const rank = broadcast(numbering.base.shape, other.shape).length;
  const axis = numbering.axis + rank - numbering.base.shape.length;
  if ((other.shape[axis - rank + other.shape.length] ?? 1) !== 1)
    throw new Refused('constants an image', 'the same for all');
  return { ...numbering, axis, base: foldBinary('Add', numbering.base, other) };
};

const unsqueezed: NumberingOperator = (node, { base, axis, step }) => {
  const said = node.integersOf('axes', 1) ?? [];
  const rank = base.shape.length + said.length;
  const axes = said.map((each) => (each < 0 ? each + rank : each));
  const rest = [...base.shape.keys()];
  const from = Array.from({ length: rank }, (_, at) => (axes.includes(at) ? undefined : rest.shift()));
  const shape = from.map((each) => (each === undefined ? 1 : (base.shape[each] as number)));
  return { kind: 'numbering', step, axis: from.indexOf(axis), base: { ...base, shape } };
};

/** Of what lies one image behind the other, each image's own. */
const gathered: NumberingOperator = (node, { base, axis, step }) => {
  const value = node.input(0);
  const [length, ...rest] = value.shape;
  const isFlat = length !== undefined && !isNumber(length) && length.batch === step && rest.length === 0;
  if (!isFlat || node.integer('axis', 0) !== 0 || axis !== 0) {
    throw new Refused(`${shapeText(value.shape)} by the number of the image`, 'elements of the image itself');
  }
  const apart = reshape(node.plan, value, [{ batch: 1 }, step]);
  const [, ...own] = base.shape;
  const { count } = extentOf(own);
  const indices = numbers(Array.from(base.data), 'indices');
  const found = gatherFrom(node.plan, apart, 1, { indices, shape: [count] });
  return reshape(node.plan, found, [{ batch: 1 }, ...own]);
};

const OPERATORS: Readonly<Record<string, NumberingOperator>> = {
  Mul: multiplied,
  Add: added,
  Unsqueeze: unsqueezed,
  Gather: gathered,
  Cast: (_, numbering) => numbering,
  Identity: (_, numbering) => numbering,
};

/** @param numbering one of the node's inputs */
export function ofNumbering(node: NodeContext, numbering: Numbering, inputs: readonly (Given | undefined)[]): Given {
  const operator = Object.hasOwn(OPERATORS, node.operator) ? OPERATORS[node.operator] : undefined;
  if (operator === undefined) throw new Refused('numbers of images', 'what is computed of each image alone');
  const other = inputs.find(isTensor);
  return operator(node, numbering, other);
}
