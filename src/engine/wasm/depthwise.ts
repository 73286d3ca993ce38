/** Depthwise convolution with one filter a channel, and its gradients. */
import * as tf from '@tensorflow/tfjs-core';
import { convolutionGeometry, type ConvolutionAttributes } from './geometry';
import type { Heap } from './heap';
import type { Kernels } from './kernels';
import { register, registered } from './register';

export function registerDepthwise(heap: Heap, kernels: Kernels): void {
  const stockForward = registered<ConvolutionAttributes>(tf.DepthwiseConv2dNative);

  register<ConvolutionAttributes>(tf.DepthwiseConv2dNative, (inputs, attributes) => {
    const { x, filter } = inputs as { x: tf.TensorInfo; filter: tf.TensorInfo };
    const { info, geometry } = depthwiseGeometry(x.shape, filter.shape, attributes, tf.DepthwiseConv2dNative);
    if (!isPlain(info)) return stockForward(inputs, attributes);
    const y = heap.allocate(info.outShape);
    kernels.depthwiseForward(heap.addressOf(x), heap.addressOf(filter), heap.addressOf(y), info.batchSize, ...geometry);
    return y;
  });

  register<ConvolutionAttributes & { inputShape: number[] }>(
    tf.DepthwiseConv2dNativeBackpropInput,
    (inputs, attributes) => {
      const { dy, filter } = inputs as { dy: tf.TensorInfo; filter: tf.TensorInfo };
      const { inputShape } = attributes;
      const name = tf.DepthwiseConv2dNativeBackpropInput;
      const { info, geometry } = plainGeometry(inputShape, filter.shape, attributes, name);
      const dx = heap.allocate(inputShape);
      const addresses = [heap.addressOf(dy), heap.addressOf(filter), heap.addressOf(dx)] as const;
      kernels.depthwiseInputGradient(...addresses, info.batchSize, ...geometry);
      return dx;
    },
  );

  register<ConvolutionAttributes & { filterShape: number[] }>(
    tf.DepthwiseConv2dNativeBackpropFilter,
    (inputs, attributes) => {
      const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
      const { filterShape } = attributes;
      const name = tf.DepthwiseConv2dNativeBackpropFilter;
      const { info, geometry } = plainGeometry(x.shape, filterShape, attributes, name);
      const dfilter = heap.allocate(filterShape);
      const addresses = [heap.addressOf(x), heap.addressOf(dy), heap.addressOf(dfilter)] as const;
      kernels.depthwiseFilterGradient(...addresses, info.batchSize, ...geometry);
      return dfilter;
    },
  );
}

function depthwiseGeometry(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvolutionAttributes,
  kernelName: string,
) {
  return convolutionGeometry(inputShape, filterShape, attributes, kernelName, true);
}

/** As above, where there is no stock kernel to fall back on. */
function plainGeometry(...args: Parameters<typeof depthwiseGeometry>) {
  const result = depthwiseGeometry(...args);
  if (!isPlain(result.info))
    throw new Error(`${args[3]} on the embedded engine takes one filter a channel, undilated.`);
  return result;
}

/** One filter a channel and no dilation: all that the models here need. */
function isPlain({ inChannels, outChannels, dilationHeight, dilationWidth }: tf.backend_util.Conv2DInfo): boolean {
  return inChannels === outChannels && dilationHeight * dilationWidth === 1;
}
