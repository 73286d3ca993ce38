/**
 * Convolution and its gradients as matrix products over patches of the image. The patches of a few output positions at
 * a time are laid out in scratch memory, so that it stays small whatever the batch.
 */
import * as tf from '@tensorflow/tfjs-core';
import { convolutionGeometry, type ConvolutionAttributes, type ConvolutionGeometry } from './geometry';
import { type Heap, sizeOf } from './heap';
import type { Kernels } from './kernels';
import { register, registered } from './register';
import { suitsWinograd, winogradFilterGradient, winogradForward, winogradInputGradient } from './winograd';

/** Floats of patches at a time: 512 KiB, a part of a second-level cache. */
const PATCH_FLOATS = 128 * 1024;
/** Fewer positions than this would not repay packing the filter anew for each product. */
const LEAST_POSITIONS = 64;

export function registerConvolution(heap: Heap, kernels: Kernels): void {
  registerForward(heap, kernels);
  registerInputGradient(heap, kernels);
  registerFilterGradient(heap, kernels);
}

function registerForward(heap: Heap, kernels: Kernels): void {
  const stock = registered<ConvolutionAttributes>(tf.Conv2D);
  register<ConvolutionAttributes>(tf.Conv2D, (inputs, attributes) => {
    const { x, filter } = inputs as { x: tf.TensorInfo; filter: tf.TensorInfo };
    const convolution = convolutionGeometry(x.shape, filter.shape, attributes, tf.Conv2D);
    const { info, geometry } = convolution;
    if (info.dilationHeight * info.dilationWidth > 1) return stock(inputs, attributes);
    const y = heap.allocate(info.outShape);
    if (suitsWinograd(info)) {
      winogradForward(heap, kernels, info, { x, filter, y });
      return y;
    }
    const { positions, depth, filters, pointwise } = productOf(convolution);
    const { patches, rest } = scratchFor(heap, kernels, convolution, filters);
    const [from, weights, to] = [heap.addressOf(x), heap.addressOf(filter), heap.addressOf(y)];
    if (pointwise) {
      kernels.gemm(positions, filters, depth, from, depth, 1, weights, filters, 1, to, filters, 0, rest);
      return y;
    }
    forEachChunk(convolution, (first, count) => {
      kernels.gatherPatches(patches, from, first, count, ...geometry);
      const target = to + 4 * first * filters;
      kernels.gemm(count, filters, depth, patches, depth, 1, weights, filters, 1, target, filters, 0, rest);
    });
    return y;
  });
}

function registerInputGradient(heap: Heap, kernels: Kernels): void {
  const name = tf.Conv2DBackpropInput;
  register<ConvolutionAttributes & { inputShape: number[] }>(name, (inputs, attributes) => {
    const { dy, filter } = inputs as { dy: tf.TensorInfo; filter: tf.TensorInfo };
    const convolution = convolutionGeometry(attributes.inputShape, filter.shape, attributes, name);
    const { info, geometry } = convolution;
    const dx = heap.allocate(attributes.inputShape);
    if (suitsWinograd(info)) {
      winogradInputGradient(heap, kernels, info, { dy, filter, dx });
      return dx;
    }
    const { positions, depth, filters, pointwise } = productOf(convolution);
    const { patches, rest } = scratchFor(heap, kernels, convolution, depth);
    const [from, weights, to] = [heap.addressOf(dy), heap.addressOf(filter), heap.addressOf(dx)];
    if (pointwise) {
      kernels.gemm(positions, depth, filters, from, filters, 1, weights, 1, filters, to, depth, 0, rest);
      return dx;
    }
    heap.clear(to, sizeOf(dx));
    forEachChunk(convolution, (first, count) => {
      const source = from + 4 * first * filters;
      kernels.gemm(count, depth, filters, source, filters, 1, weights, 1, filters, patches, depth, 0, rest);
      kernels.scatterPatches(patches, to, first, count, ...geometry);
    });
    return dx;
  });
}

function registerFilterGradient(heap: Heap, kernels: Kernels): void {
  const name = tf.Conv2DBackpropFilter;
  register<ConvolutionAttributes & { filterShape: number[] }>(name, (inputs, attributes) => {
    const { x, dy } = inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
    const convolution = convolutionGeometry(x.shape, attributes.filterShape, attributes, name);
    const { info, geometry } = convolution;
    const dfilter = heap.allocate(attributes.filterShape);
    if (suitsWinograd(info)) {
      winogradFilterGradient(heap, kernels, info, { x, dy, dfilter });
      return dfilter;
    }
    const { positions, depth, filters, pointwise } = productOf(convolution);
    const { patches, rest } = scratchFor(heap, kernels, convolution, filters);
    const [from, gradient, to] = [heap.addressOf(x), heap.addressOf(dy), heap.addressOf(dfilter)];
    if (pointwise) {
      kernels.gemm(depth, filters, positions, from, 1, depth, gradient, filters, 1, to, filters, 0, rest);
      return dfilter;
    }
    forEachChunk(convolution, (first, count) => {
      kernels.gatherPatches(patches, from, first, count, ...geometry);
      const source = gradient + 4 * first * filters;
      const accumulate = first > 0 ? 1 : 0;
      kernels.gemm(depth, filters, count, patches, 1, depth, source, filters, 1, to, filters, accumulate, rest);
    });
    return dfilter;
  });
}

/** A convolution seen as a matrix product: [positions, depth] · [depth, filters]. */
function productOf({ info }: ConvolutionGeometry) {
  const { batchSize, outHeight, outWidth, filterHeight, filterWidth, inChannels, outChannels, strideHeight } = info;
  const { top, left, bottom, right } = info.padInfo;
  return {
    positions: batchSize * outHeight * outWidth,
    depth: filterHeight * filterWidth * inChannels,
    filters: outChannels,
    /** 1×1 at stride 1: the image is its own matrix of patches. */
    pointwise: filterHeight * filterWidth * strideHeight === 1 && top + left + bottom + right === 0,
  };
}

/** Calls `work` with (first, count) until all positions are done. */
function forEachChunk(convolution: ConvolutionGeometry, work: (first: number, count: number) => void): void {
  const { positions, depth } = productOf(convolution);
  const size = Math.max(LEAST_POSITIONS, Math.floor(PATCH_FLOATS / depth / LEAST_POSITIONS) * LEAST_POSITIONS);
  for (let first = 0; first < positions; first += size) work(first, Math.min(size, positions - first));
}

/** Scratch for patches and, behind them, for a product with `columns` columns. */
function scratchFor(heap: Heap, kernels: Kernels, convolution: ConvolutionGeometry, columns: number) {
  const { depth, pointwise } = productOf(convolution);
  const patchFloats = pointwise ? 0 : Math.max(PATCH_FLOATS, LEAST_POSITIONS * depth);
  const patches = heap.scratch(patchFloats + kernels.gemmScratchFloats(columns));
  return { patches, rest: patches + 4 * patchFloats };
}
