/** The sizes, stride and padding of a convolution, from TensorFlow.js's attributes to our kernels' arguments. */
import * as tf from '@tensorflow/tfjs-core';
import type { Geometry } from './kernels';

export interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

export interface ConvolutionGeometry {
  readonly info: tf.backend_util.Conv2DInfo;
  readonly geometry: Geometry;
}

/**
 * @param inputShape [n, h, w, in]
 * @param filterShape [k, k, in, out], or [k, k, in, 1] when depthwise
 * @param kernelName whose work this is, for the error
 * @throws Error for what our kernels do not do and no model here asks: channels first, strides that differ
 */
export function convolutionGeometry(
  inputShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dilations = 1, dimRoundingMode, dataFormat = 'NHWC' }: ConvolutionAttributes,
  kernelName: string,
  depthwise = false,
): ConvolutionGeometry {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
  if (dataFormat !== 'NHWC' || info.strideHeight !== info.strideWidth) {
    throw new Error(
      `${kernelName} on the embedded engine takes NHWC and one stride, not ${dataFormat} and ${String(strides)}.`,
    );
  }
  return withGeometry(info);
}

/** The kernels' arguments of a convolution or a pooling of one stride. */
export function withGeometry(info: tf.backend_util.Conv2DInfo): ConvolutionGeometry {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, padInfo } = info;
  return {
    info,
    geometry: [
      inHeight,
      inWidth,
      inChannels,
      outHeight,
      outWidth,
      filterHeight,
      filterWidth,
      strideHeight,
      padInfo.top,
      padInfo.left,
    ],
  };
}
