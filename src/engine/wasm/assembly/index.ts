/**
 * The embedded engine's own kernels, in AssemblyScript. They run on the heap of TensorFlow.js's WebAssembly module:
 * every pointer comes from there, nothing is allocated here and nothing is kept between calls.
 */
export { gemm, gemmScratchFloats } from './gemm';
export { gatherPatches, scatterPatches } from './patches';
export { winogradForward, winogradFilterGradient, winogradScratchFloats } from './winograd';
export { depthwiseForward, depthwiseInputGradient, depthwiseFilterGradient } from './depthwise';
export { batchNormForward, batchNormGradient, batchNormInference } from './batchNorm';
export { silu, siluGradient } from './silu';
export { reluGradient } from './relu';
export { sumRows } from './sums';
export { copyBox } from './boxes';
export { maxPoolGradient } from './maxPool';
