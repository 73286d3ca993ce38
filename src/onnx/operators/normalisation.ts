/** Normalisations by statistics of a batch that was seen in training, of an image, or of a position. */
import type { Shape } from '../../architectures';
import { axisIn, isNumber, range, shapeText } from '../dimensions';
import type { NodeContext, Operator, Operators } from '../node';
import { Refused } from '../refused';
import { reshape } from '../plan/reshape';
import { CHANNELS_LAST, known, type Computed, type Value, type Weight } from '../values';
import { moduleFor } from './convolution';
import { binary, emitBinary, scalar } from './elementwise';
import { unary } from './activations';
import { reduce } from './reductions';

const batchNormalization: Operator = (node) => {
  const value = node.input(0);
  const channels = value.shape[1];
  if (!isNumber(channels)) throw new Refused(`a tensor ${shapeText(value.shape)}`, '[n, c, …]');
  const vectors = [1, 2, 3, 4].map((index) => node.input(index));
  for (const vector of vectors) {
    if (vector.shape.length !== 1 || vector.shape[0] !== channels) {
      throw new Refused(`statistics ${shapeText(vector.shape)} of ${channels} channels`, `[${channels}]`);
    }
  }
  if (node.flag('training_mode')) throw new Refused('training_mode 1', 'a network exported for inference');
  const epsilon = node.float('epsilon', 1e-5);
  const [scale, shift, mean, variance] = vectors as [Value, Value, Value, Value];
  if (mean.kind !== 'weight' || variance.kind !== 'weight' || value.kind !== 'computed' || !isBatch(value)) {
    return byFormula(node, value, [scale, shift, mean, variance], epsilon);
  }
  return keeping(node, value, { scale, shift, mean, variance, channels, epsilon });
};

function isBatch({ shape: [first] }: Computed): boolean {
  return first !== undefined && !isNumber(first);
}

interface Statistics {
  readonly scale: Value;
  readonly shift: Value;
  readonly mean: Weight;
  readonly variance: Weight;
  readonly channels: number;
  readonly epsilon: number;
}

/** With running statistics of its own, which training moves on. */
function keeping(node: NodeContext, value: Computed, of: Statistics): Value {
  const { plan } = node;
  const module = moduleFor(node, of.scale) ?? moduleFor(node, of.mean) ?? node.message.outputs[0] ?? '';
  const shape = [of.channels];
  const vector = (weight: Value, role: 'scale' | 'shift' | 'runningMean' | 'runningVariance', name: string) =>
    weight.kind === 'weight'
      ? plan.parameter(weight, { role, shape, order: [0], name: `${module}.${name}` })
      : plan.inFileOrder(weight);
  const [scale, shift] = [vector(of.scale, 'scale', 'weight'), vector(of.shift, 'shift', 'bias')];
  const mean = vector(of.mean, 'runningMean', 'running_mean');
  vector(of.variance, 'runningVariance', 'running_var');
  // The module is what the running mean is called by.
  const called = 'parameter' in mean ? mean.parameter.replace(/\.running_mean$/, '') : module;
  const order = value.shape.length === 4 ? CHANNELS_LAST : [0, ...range(value.shape.length).slice(2), 1];
  // ONNX counts what stays of the running statistics.
  const momentum = 1 - node.float('momentum', 0.9);
  return plan.compute(
    { kind: 'batchNorm', module: called, epsilon: of.epsilon, momentum: momentum > 0 ? momentum : 0.1 },
    [plan.inOrder(value, order), scale, shift],
    value.shape,
    order,
  );
}

/** (x − mean) ÷ √(variance + ε) · scale + shift, of vectors over axis 1. */
function byFormula(node: NodeContext, value: Value, vectors: readonly Value[], epsilon: number): Value {
  const { plan } = node;
  const spread: Shape = value.shape.map((length, axis) => (axis === 1 ? length : 1)).slice(1);
  const [scale, shift, mean, variance] = vectors.map((vector) => reshape(plan, vector, spread)) as [
    Value,
    Value,
    Value,
    Value,
  ];
  const deviation = unary(plan, binary(plan, 'Add', variance, scalar(epsilon)), { name: 'sqrt' });
  const normalised = binary(plan, 'Div', binary(plan, 'Sub', value, mean), deviation);
  return binary(plan, 'Add', binary(plan, 'Mul', normalised, scale), shift);
}

/** x · scale + shift; each along the axes `axes` of the file. */
function affine(
  node: NodeContext,
  value: Value,
  axes: readonly number[],
  [scale, shift]: readonly [Value | undefined, Value | undefined],
): Value {
  const module = scale && moduleFor(node, scale);
  const spread = value.shape.map((length, axis) => (axes.includes(axis) ? length : 1)).slice(axes[0]);
  const apply = (to: Value, by: Value | undefined, role: 'scale' | 'shift'): Value => {
    const neutral = role === 'scale' ? 1 : 0;
    if (by === undefined || (by.kind === 'known' && Array.from(by.data).every((each) => each === neutral))) return to;
    const name = module && `${module}.${role === 'scale' ? 'weight' : 'bias'}`;
    const operation = role === 'scale' ? 'multiply' : 'add';
    if (by.kind !== 'weight' || by.shape.length !== 1 || to.kind === 'known') {
      return emitBinary(node.plan, operation, to, reshape(node.plan, by, spread));
    }
    const parameter = node.plan.parameter(by, { role, shape: by.shape, order: [0], name });
    return node.plan.compute(
      { kind: 'binary', function: operation },
      [node.plan.inOrder(to, to.order), inMemoryOf(node, to, axes[0] as number, parameter)],
      to.shape,
      to.order,
    );
  };
  return apply(apply(value, scale, 'scale'), shift, 'shift');
}

/** A vector along an axis, as it is broadcast in memory. */
function inMemoryOf(
  { plan }: NodeContext,
  { shape, order }: Computed | Weight,
  axis: number,
  vector: { readonly parameter: string } | { readonly constant: number } | { readonly value: number },
) {
  const place = order.indexOf(axis);
  if (place === order.length - 1) return vector;
  const memory = [shape[axis] as number, ...order.slice(place + 1).map(() => 1)];
  return { value: plan.emit({ kind: 'reshape', shape: memory }, [vector], memory) };
}

/** @param axes of the file */
function normalise(node: NodeContext, value: Value, axes: readonly number[], epsilon: number): Computed {
  const order = value.kind === 'known' ? range(value.shape.length) : value.order;
  const places = axes.map((axis) => order.indexOf(axis)).sort((a, b) => a - b);
  for (const axis of axes)
    if (!isNumber(value.shape[axis])) throw new Refused('a normalisation over images', 'of each');
  return node.plan.compute(
    { kind: 'normalise', axes: places, epsilon },
    [node.plan.inOrder(value, order)],
    value.shape,
    order,
  );
}

const layerNormalization: Operator = (node) => {
  const value = node.input(0);
  const rank = value.shape.length;
  const axes = range(rank).slice(axisIn(node.integer('axis', -1), rank));
  const normalised = normalise(node, value, axes, node.float('epsilon', 1e-5));
  return affine(node, normalised, axes, [node.input(1), node.inputs[2]]);
};

const rmsNormalization: Operator = (node) => {
  const { plan } = node;
  const value = node.input(0);
  const rank = value.shape.length;
  const axes = range(rank).slice(axisIn(node.integer('axis', -1), rank));
  const square = reduce(plan, emitBinary(plan, 'multiply', value, value), 'mean', axes, true);
  const size = unary(plan, binary(plan, 'Add', square, scalar(node.float('epsilon', 1e-5))), { name: 'sqrt' });
  return affine(node, emitBinary(plan, 'divide', value, size), axes, [node.input(1), undefined]);
};

const instanceNormalization: Operator = (node) => {
  const value = node.input(0);
  const axes = range(value.shape.length).slice(2);
  if (axes.length === 0) throw new Refused(`a tensor ${shapeText(value.shape)}`, '[n, c, …]');
  const normalised = normalise(node, value, axes, node.float('epsilon', 1e-5));
  return affine(node, normalised, [1], [node.input(1), node.input(2)]);
};

const groupNormalization: Operator = (node) => {
  const { plan } = node;
  const value = node.input(0);
  const [batch, channels, ...positions] = value.shape;
  const groups = node.integer('num_groups', 0);
  if (batch === undefined || !isNumber(channels) || groups < 1 || channels % groups !== 0) {
    throw new Refused(`${groups} groups of ${shapeText(value.shape)}`, 'groups of as many channels');
  }
  const grouped: Shape = [batch, groups, channels / groups, ...positions];
  const split = reshape(plan, value, grouped);
  const normalised = reshape(
    plan,
    normalise(node, split, range(grouped.length).slice(2), node.float('epsilon', 1e-5)),
    value.shape,
  );
  const vectors = [node.input(1), node.input(2)].map((vector) =>
    vector.shape[0] === channels ? vector : repeated(node, vector, channels / groups),
  ) as [Value, Value];
  return affine(node, normalised, [1], vectors);
};

/** Before version 21, a number a group stands for those of its channels. */
function repeated({ plan }: NodeContext, vector: Value, times: number): Value {
  const groups = vector.shape[0] as number;
  const ones = known('float', [1, times], new Float32Array(times).fill(1));
  return reshape(plan, binary(plan, 'Mul', reshape(plan, vector, [groups, 1]), ones), [groups * times]);
}

/** x ÷ (bias + α ÷ size · Σ x²)^β over neighbouring channels. */
const lrn: Operator = (node) => {
  const { plan } = node;
  const value = node.input(0);
  const [batch, channels, height, width] = value.shape;
  const size = node.integer('size', 0);
  if (batch === undefined || !isNumber(channels) || !isNumber(height) || !isNumber(width) || size < 1) {
    throw new Refused(`size ${size} of ${shapeText(value.shape)}`, 'a feature map [n, c, h, w]');
  }
  const square = emitBinary(plan, 'multiply', value, value);
  // Channels side by side, as the width of one map.
  const line: Shape = [batch, height * width, channels, 1];
  const flat = plan.emit({ kind: 'reshape', shape: line }, [plan.inOrder(square, CHANNELS_LAST)], line);
  const left = Math.floor((size - 1) / 2);
  const mean = plan.emit(
    {
      kind: 'pool',
      of: 'average',
      kernel: [1, size],
      strides: [1, 1],
      dilations: [1, 1],
      padding: { top: 0, bottom: 0, left, right: size - 1 - left },
      overhang: [0, 0],
      countsPadding: true,
    },
    [{ value: flat }],
    line,
  );
  const memory: Shape = [batch, height, width, channels];
  const back = plan.compute({ kind: 'reshape', shape: memory }, [{ value: mean }], value.shape, CHANNELS_LAST);
  const sum = binary(
    plan,
    'Add',
    binary(plan, 'Mul', back, scalar(node.float('alpha', 0.0001))),
    scalar(node.float('bias', 1)),
  );
  return emitBinary(plan, 'divide', value, binary(plan, 'Pow', sum, scalar(node.float('beta', 0.75))));
};

export const normalisation: Operators = {
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  RMSNormalization: rmsNormalization,
  InstanceNormalization: instanceNormalization,
  GroupNormalization: groupNormalization,
  LRN: lrn,
};
