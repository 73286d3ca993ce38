/** Kernels, strides and paddings, as convolutions and poolings have them. */
import type { Pair, Padding } from '../../architectures';
import { CHANNELS_LAST, type Value } from '../values';
import { isNumber } from '../dimensions';
import type { NodeContext } from '../node';
import { Refused } from '../refused';
import type { Dimension, Input, Operation, Shape } from '../../architectures';
import type { Plan } from '../plan/plan';

export interface Windows {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
  /** Of the output. */
  readonly size: Pair;
  /** Positions that `ceil_mode` adds at the end. */
  readonly overhang: Pair;
}

const LARGEST = 2 ** 16;

/** @param size of the input */
export function windowsOf(node: NodeContext, kernel: Pair, size: Pair): Windows {
  const strides = pairOf(node, 'strides', [1, 1], 1);
  const dilations = pairOf(node, 'dilations', [1, 1], 1);
  const isCeiling = node.flag('ceil_mode');
  const sides = [0, 1].map((axis) => {
    const [k, s, d] = [kernel, strides, dilations].map((pair) => pair[axis]) as [number, number, number];
    return alongAxis(node, { size: size[axis] as number, reach: (k - 1) * d + 1, stride: s, axis, isCeiling });
  }) as [Side, Side];
  const [vertical, horizontal] = sides;
  return {
    kernel,
    strides,
    dilations,
    padding: { top: vertical.before, bottom: vertical.after, left: horizontal.before, right: horizontal.after },
    size: [vertical.size, horizontal.size],
    overhang: [vertical.overhang, horizontal.overhang],
  };
}

interface Side {
  readonly before: number;
  readonly after: number;
  readonly size: number;
  readonly overhang: number;
}

interface Line {
  readonly size: number;
  /** Of a dilated kernel. */
  readonly reach: number;
  readonly stride: number;
  readonly axis: number;
  readonly isCeiling: boolean;
}

function alongAxis(node: NodeContext, line: Line): Side {
  const { size, reach, stride, isCeiling } = line;
  const [before, after] = paddingOf(node, line);
  const room = size + before + after - reach;
  if (room < 0) throw new Refused(`a window of ${reach} over ${size + before + after} positions`, 'a window that fits');
  let steps = isCeiling ? Math.ceil(room / stride) : Math.floor(room / stride);
  // A window that would start behind the image and what pads it in front is left out, as PyTorch does.
  if (isCeiling && steps * stride >= size + before) steps--;
  return { before, after, size: steps + 1, overhang: Math.max(0, steps * stride - room) };
}

function paddingOf(node: NodeContext, { size, reach, stride, axis }: Line): [before: number, after: number] {
  const automatic = node.text('auto_pad', 'NOTSET');
  if (automatic === 'VALID') return [0, 0];
  if (automatic === 'SAME_UPPER' || automatic === 'SAME_LOWER') {
    const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
    const less = Math.floor(total / 2);
    return automatic === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
  }
  if (automatic !== 'NOTSET' && automatic !== '') throw new Refused(`auto_pad ${automatic}`, 'NOTSET, VALID or SAME');
  const pads = node.integers('pads') ?? [];
  if (pads.length === 0) return [0, 0];
  if (pads.some((each) => each < 0 || each > LARGEST)) throw new Refused(`pads ${pads.join(', ')}`, 'none below 0');
  const axes = pads.length / 2;
  if (axes !== 1 && axes !== 2) throw new Refused(`${pads.length} pads`, 'two an axis of the image');
  return axis < axes ? [pads[axis] as number, pads[axis + axes] as number] : [0, 0];
}

/** Of two axes, or of one, of which the other is 1 long. */
export function pairOf(node: NodeContext, name: string, otherwise: Pair, least: number): Pair {
  const found = node.integers(name) ?? [];
  if (found.length === 0) return otherwise;
  if (found.length > 2 || found.some((each) => each < least || each > LARGEST)) {
    throw new Refused(`${name} [${found.join(', ')}]`, `two whole numbers from ${least} on`);
  }
  return [found[0] as number, found[1] ?? 1];
}

/** Feature maps [n, h, w, c] of [n, c, h, w], or of [n, c, l], which is l high and 1 wide. */
export interface Maps {
  readonly input: Input;
  readonly batch: Dimension;
  readonly channels: number;
  readonly size: Pair;
  readonly isLine: boolean;
}

export function mapsOf(node: NodeContext, value: Value): Maps {
  const { plan } = node;
  const [batch, channels, height, width = 1] = value.shape;
  const rank = value.shape.length;
  if (
    (rank !== 3 && rank !== 4) ||
    batch === undefined ||
    !isNumber(channels) ||
    !isNumber(height) ||
    !isNumber(width)
  ) {
    throw new Refused(`a tensor of ${rank} axes`, 'a feature map [n, c, h, w]');
  }
  const maps = { batch, channels, size: [height, width] as const, isLine: rank === 3 };
  if (rank === 4) return { ...maps, input: plan.inOrder(value, CHANNELS_LAST) };
  const shape = [batch, height, 1, channels];
  const input = plan.emit({ kind: 'reshape', shape }, [plan.inOrder(value, [0, 2, 1])], shape);
  return { ...maps, input: { value: input } };
}

/** An operation on maps, and its output with as many axes as the input had. */
export function computeMaps(
  plan: Plan,
  { batch, isLine }: Maps,
  operation: Operation,
  inputs: readonly Input[],
  [channels, height, width]: readonly [number, number, number],
): Value {
  const shape: Shape = [batch, channels, height, width];
  const result = plan.compute(operation, inputs, shape, CHANNELS_LAST);
  if (!isLine) return result;
  const line = [batch, height, channels];
  return plan.compute({ kind: 'reshape', shape: line }, [{ value: result.id }], [batch, channels, height], [0, 2, 1]);
}
