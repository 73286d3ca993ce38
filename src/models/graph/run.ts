/** Runs a graph that was read from a file. */
import * as tf from '@tensorflow/tfjs-core';
import type { Constant, Graph, GraphLayer, Input, MapView, Shape } from '../../architectures';
import { compute } from './compute';
import type { GraphContext } from './operation';
import { Values } from './values';

/**
 * @param images [n, inputSize, inputSize, 3], normalised
 * @returns the logits, [n, classes]
 */
export function runGraph(graph: Graph, images: tf.Tensor4D, context: GraphContext): tf.Tensor2D {
  const values = new Values(images);
  const layers = new Map<number, GraphLayer>(graph.layers.map((layer) => [layer.value, layer]));
  for (const node of graph.nodes) {
    const { operation, inputs, output, shape } = node;
    const counts = inputs.map((input) => ('value' in input ? values.images(input.value) : 0));
    const count = Math.max(...counts) || images.shape[0];
    const take = (input: Input): tf.Tensor => {
      if ('parameter' in input) return context.parameter(input.parameter);
      if ('value' in input) return values.get(input.value, count);
      const constant = graph.constants[input.constant] as Constant;
      return tf.tensor(constant.data, [...constant.shape], 'float32');
    };
    const given = { batchNorm: context.batchNorm, sizesOf: shapeOfBatch(count) };
    const value = compute(operation, inputs.map(take), given);
    context.onValue?.(value, node);
    const layer = layers.get(output);
    values.set(output, layer === undefined ? value : lookAt(value, layer, context), shape);
  }
  return values.get(graph.output, values.images(graph.output)) as tf.Tensor2D;
}

/** What a shape is for so many images. */
export function shapeOfBatch(images: number): (shape: Shape) => number[] {
  return (shape) => shape.map((length) => (typeof length === 'number' ? length : length.batch * images));
}

function lookAt(
  value: tf.Tensor,
  { name, view, height, width, channels }: GraphLayer,
  { look }: GraphContext,
): tf.Tensor {
  if (view.kind === 'map') return look(name, value as tf.Tensor4D);
  return throughTokens(value as tf.Tensor3D, view, (tokens) =>
    tf.reshape(look(name, tf.reshape(tokens, [-1, height, width, channels])), [-1, height * width, channels]),
  );
}

/** Tokens that have a position pass through `each`, those before them stay. */
function throughTokens(
  value: tf.Tensor3D,
  { prefix }: Extract<MapView, { kind: 'tokens' }>,
  each: (tokens: tf.Tensor3D) => tf.Tensor3D,
): tf.Tensor3D {
  if (prefix === 0) return each(value);
  const [images, length] = value.shape;
  const [others, tokens] = tf.split(value, [prefix, length - prefix], 1) as [tf.Tensor3D, tf.Tensor3D];
  const seen = each(tokens);
  // An image may go on several times behind the layer: see `Values`.
  const copies = seen.shape[0] / images;
  return tf.concat([copies === 1 ? others : tf.tile(others, [copies, 1, 1]), seen], 1);
}
