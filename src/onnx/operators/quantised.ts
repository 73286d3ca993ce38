/** Weights that are kept in few bits. */
import { axisIn, numbers } from '../dimensions';
import { count } from '../fold/arrays';
import type { NodeContext, Operator, Operators } from '../node';
import { Refused } from '../refused';
import { identity, type Known, type Value } from '../values';

/** (x − zero point) · scale, of a constant: a weight like any other from here on. */
const dequantizeLinear: Operator = (node) => {
  const value = node.input(0);
  if (value.kind === 'computed') throw new Refused('activations in few bits', 'weights alone');
  if (node.integer('block_size', 0) !== 0) throw new Refused('scales of blocks', 'one scale, or one a channel');
  const name = node.message.inputs[0] ?? '';
  if (value.kind === 'weight') return { ...value, name };
  const scales = node.numbers(1) ?? [];
  const zeros = node.numbers(2) ?? scales.map(() => 0);
  node.plan.notes.add('Weights that the file keeps in few bits are computed with, and trained, as 32-bit numbers.');
  const axis = scales.length === 1 ? 0 : axisIn(node.integer('axis', 1), value.shape.length);
  if (scales.length !== 1 && scales.length !== value.shape[axis]) {
    throw new Refused(`${scales.length} scales`, `one, or ${value.shape[axis] ?? 0}`);
  }
  const weight: Value = {
    kind: 'weight',
    name,
    shape: value.shape,
    order: identity(value.shape.length),
    values: () => dequantised(value, scales, zeros, axis),
  };
  return weight;
};

function dequantised(value: Known, scales: readonly number[], zeros: readonly number[], axis: number): Float32Array {
  const inner = count(value.shape.slice(axis + 1));
  const data = numbers(Array.from(value.data));
  return Float32Array.from(data, (each, at) => {
    const channel = scales.length === 1 ? 0 : Math.floor(at / inner) % scales.length;
    return (each - (zeros[channel] ?? 0)) * (scales[channel] as number);
  });
}

const quantizeLinear: Operator = (node: NodeContext) => {
  throw new Refused(`activations in few bits (${node.operator})`, 'a network of floating-point numbers');
};

export const quantised: Operators = { DequantizeLinear: dequantizeLinear, QuantizeLinear: quantizeLinear };
