/** Poolings over windows and over everything. */
import type { Operator, Operators, NodeContext } from '../node';
import { Refused } from '../refused';
import type { Value } from '../values';
import { reduce } from './reductions';
import { computeMaps, mapsOf, pairOf, windowsOf } from './windows';

function pool(of: 'maximum' | 'average'): Operator {
  return (node) => {
    if (node.outputCount > 1 && node.message.outputs[1] !== '')
      throw new Refused('the places of maxima', 'maxima alone');
    if (!node.message.attributes.has('kernel_shape')) throw new Refused('no kernel_shape', `${node.operator} with one`);
    const maps = mapsOf(node, node.input(0));
    const windows = windowsOf(node, pairOf(node, 'kernel_shape', [1, 1], 1), maps.size);
    const { kernel, strides, dilations, padding, overhang, size } = windows;
    const isWhole = kernel[0] === maps.size[0] && kernel[1] === maps.size[1] && size[0] === 1 && size[1] === 1;
    const isPadded = Object.values(padding).some((each) => each > 0) || overhang.some((each) => each > 0);
    if (isWhole && !isPadded) return overPositions(node, of === 'maximum' ? 'maximum' : 'mean');
    const countsPadding = node.flag('count_include_pad');
    return computeMaps(
      node.plan,
      maps,
      { kind: 'pool', of, kernel, strides, dilations, padding, overhang, countsPadding },
      [maps.input],
      [maps.channels, ...size],
    );
  };
}

function overPositions(node: NodeContext, name: 'mean' | 'maximum'): Value {
  const value = node.input(0);
  if (value.shape.length < 3) throw new Refused(`a tensor of ${value.shape.length} axes`, 'a feature map [n, c, h, w]');
  const axes = value.shape.map((_, axis) => axis).slice(2);
  return reduce(node.plan, value, name, axes, true);
}

export const pooling: Operators = {
  MaxPool: pool('maximum'),
  AveragePool: pool('average'),
  GlobalAveragePool: (node) => overPositions(node, 'mean'),
  GlobalMaxPool: (node) => overPositions(node, 'maximum'),
};
