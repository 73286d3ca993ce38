/** Conv and ConvTranspose. */
import type { Input, Pair, Padding } from '../../architectures';
import { numbers } from '../dimensions';
import { count } from '../fold/arrays';
import type { NodeContext, Operator, Operators } from '../node';
import { moduleOf } from '../plan/tensors';
import { Refused } from '../refused';
import type { Order, Value } from '../values';
import { computeMaps, mapsOf, pairOf, windowsOf } from './windows';

const conv: Operator = (node) => {
  const maps = mapsOf(node, node.input(0));
  const filter = node.input(1);
  const [outputs, inner, ...kernel] = filterShape(node, filter, maps.isLine);
  const groups = node.integer('group', 1);
  checkGroups(node, groups, { channels: maps.channels, outputs, inner });
  const windows = windowsOf(node, kernel, maps.size);
  const isDepthwise = groups === maps.channels && groups === outputs && groups > 1;
  const { strides, dilations, padding } = windows;
  const module = moduleFor(node, filter);
  const weights = filterInput(node, filter, isDepthwise ? 'depthwise' : 'convolution', module);
  const bias = biasInput(node, 2, outputs, module, inner * kernel[0] * kernel[1]);
  const operation = isDepthwise
    ? ({ kind: 'depthwiseConvolution', strides, dilations, padding } as const)
    : ({ kind: 'convolution', strides, dilations, padding, groups } as const);
  return computeMaps(node.plan, maps, operation, [maps.input, weights, ...bias], [outputs, ...windows.size]);
};

/** [in, out ÷ groups, kh, kw] in the file, which lies as a convolution's filter does. */
const convTranspose: Operator = (node) => {
  const maps = mapsOf(node, node.input(0));
  const filter = node.input(1);
  const [inputs, outer, ...kernel] = filterShape(node, filter, maps.isLine);
  const groups = node.integer('group', 1);
  const outputs = outer * groups;
  if (inputs !== maps.channels || inputs % groups !== 0) {
    throw new Refused(`${maps.channels} channels in ${groups} groups`, `${inputs} channels`);
  }
  const strides = pairOf(node, 'strides', [1, 1], 1);
  const dilations = pairOf(node, 'dilations', [1, 1], 1);
  const outputPadding = pairOf(node, 'output_padding', [0, 0], 0);
  const full = [0, 1].map((axis) => {
    const [size, stride, k, d] = [maps.size, strides, kernel, dilations].map((pair) => pair[axis]) as [
      number,
      number,
      number,
      number,
    ];
    return (size - 1) * stride + (k - 1) * d + 1 + (outputPadding[axis] as number);
  }) as [number, number];
  const padding = takenOff(node, full, strides, maps.size);
  const size: Pair = [full[0] - padding.top - padding.bottom, full[1] - padding.left - padding.right];
  if (size[0] < 1 || size[1] < 1) throw new Refused(`an output of ${size.join(' × ')}`, 'at least one position');
  const module = moduleFor(node, filter);
  const weights = filterInput(node, filter, 'convolution', module);
  const bias = biasInput(node, 2, outputs, module, inputs * kernel[0] * kernel[1]);
  const operation = { kind: 'transposedConvolution', strides, dilations, padding, outputPadding, groups } as const;
  return computeMaps(node.plan, maps, operation, [maps.input, weights, ...bias], [outputs, ...size]);
};

/** What the whole result is cut by on each side. */
function takenOff(node: NodeContext, full: Pair, strides: Pair, input: Pair): Padding {
  const automatic = node.text('auto_pad', 'NOTSET');
  const wanted = node.integers('output_shape');
  const pads = node.integers('pads') ?? [];
  const line = pads.length === 2;
  const [top = 0, left = 0, bottom = 0, right = 0] = line ? [pads[0], 0, pads[1], 0] : pads;
  if (wanted === undefined && !automatic.startsWith('SAME')) return { top, left, bottom, right };
  const sides = ([0, 1] as const).map((axis) => {
    const target = wanted?.slice(-2)[axis] ?? input[axis] * strides[axis];
    const total = Math.max(0, full[axis] - target);
    const less = Math.floor(total / 2);
    return automatic === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
  }) as [[number, number], [number, number]];
  return { top: sides[0][0], bottom: sides[0][1], left: sides[1][0], right: sides[1][1] };
}

type FilterShape = readonly [number, number, number, number];

function filterShape(node: NodeContext, filter: Value, isLine: boolean): FilterShape {
  const shape = numbers(filter.shape, 'a filter of');
  if (shape.length !== (isLine ? 3 : 4) || shape.some((length) => length < 1)) {
    throw new Refused(`a filter of [${shape.join(', ')}]`, `one of ${isLine ? 3 : 4} axes`);
  }
  const [outputs, inner, height, width = 1] = shape as [number, number, number, number?];
  const kernel = node.integers('kernel_shape') ?? [];
  if (kernel.length > 0 && (kernel[0] !== height || (kernel[1] ?? 1) !== width)) {
    throw new Refused(`kernel_shape [${kernel.join(', ')}]`, `[${height}, ${width}], as the filter has it`);
  }
  return [outputs, inner, height, width];
}

function checkGroups(
  node: NodeContext,
  groups: number,
  { channels, outputs, inner }: { channels: number; outputs: number; inner: number },
): void {
  if (groups < 1 || channels !== inner * groups || outputs % groups !== 0) {
    throw new Refused(
      `${channels} channels, and a filter of ${inner} for ${outputs} in ${groups} groups`,
      `${node.operator} whose filter fits its input`,
    );
  }
}

/** The module whose parameters these are, by the weight's name first: a folded batch norm leaves its own module behind. */
export function moduleFor(node: NodeContext, weight: Value): string | undefined {
  return (weight.kind === 'weight' ? moduleOf(weight.name) : undefined) ?? node.module;
}

/** In memory [kh, kw, in ÷ groups, out], or [kh, kw, c, 1] of a depthwise one. */
function filterInput(
  { plan }: NodeContext,
  filter: Value,
  role: 'convolution' | 'depthwise',
  module: string | undefined,
): Input {
  const isPlain = filter.kind === 'weight' && filter.order.every((axis, at) => axis === at);
  if (isPlain && plan.mayTake(filter, role)) {
    const { shape } = filter;
    return plan.parameter(filter, {
      role,
      shape,
      order: shape.map((_, axis) => axis),
      name: module && `${module}.weight`,
    });
  }
  const order: Order = role === 'depthwise' ? [2, 3, 0, 1] : [2, 3, 1, 0];
  if (filter.shape.length === 4) return plan.inOrder(filter, order);
  const [outputs, inner, length] = numbers(filter.shape) as [number, number, number];
  const shape = role === 'depthwise' ? [length, 1, outputs, 1] : [length, 1, inner, outputs];
  const moved = plan.inOrder(filter, role === 'depthwise' ? [2, 0, 1] : [2, 1, 0]);
  return { value: plan.emit({ kind: 'reshape', shape }, [moved], shape) };
}

/** None where there is none, or only zeros. */
export function biasInput(
  node: NodeContext,
  index: number,
  outputs: number,
  module: string | undefined,
  fanIn: number,
): Input[] {
  const bias = node.inputs[index];
  if (bias === undefined) return [];
  if (bias.shape.length !== 1 || bias.shape[0] !== outputs) {
    throw new Refused(`a bias of ${count(numbers(bias.shape))} numbers`, `${outputs} of them`);
  }
  if (bias.kind === 'known' && Array.from(bias.data).every((each) => each === 0)) return [];
  if (!node.plan.mayTake(bias, 'bias')) return [node.plan.inFileOrder(bias)];
  const name = module && `${module}.bias`;
  return [node.plan.parameter(bias, { role: 'bias', shape: [outputs], order: [0], name, fanIn })];
}

export const convolution: Operators = { Conv: conv, ConvTranspose: convTranspose };
