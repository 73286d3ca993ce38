/**
 * The embedded engine: TensorFlow.js's WebAssembly backend, with kernels of our own for what training needs and it
 * lacks or does slowly. One thread, no installation.
 */
import { type BackendWasm, setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { checkAddressSpace } from '../memory/addressSpace';
import '../gradients';
import { registerActivations } from './activation';
import { registerBatchNorm } from './batchNorm';
import { registerBoxes } from './boxes';
import { registerConvolution } from './convolution';
import { registerDepthwise } from './depthwise';
import { tensorflowFolder } from './files';
import { openHeap } from './heap';
import { loadKernels } from './kernels';
import { registerMatMul } from './matMul';
import { registerPooling } from './pooling';
import { registerSegments } from './segments';
import { registerSums } from './sums';
import { registerViews } from './views';

/** Makes this the engine that TensorFlow.js's operations go to. */
export async function startWasm(): Promise<{ version: string; device: string }> {
  started ??= start();
  await started;
  await tf.setBackend('wasm');
  return { version: `tfjs-backend-wasm ${version_wasm}`, device: 'CPU' };
}

let started: Promise<void> | undefined;

async function start(): Promise<void> {
  checkAddressSpace();
  setWasmPaths(tensorflowFolder());
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js could not start its WebAssembly backend.');
  const backend = tf.backend() as BackendWasm;
  const heap = openHeap(backend);
  const kernels = await loadKernels(heap);
  registerConvolution(heap, kernels);
  registerDepthwise(heap, kernels);
  registerMatMul(heap, kernels);
  registerBatchNorm(heap, kernels);
  registerActivations(heap, kernels);
  registerPooling(heap, kernels);
  registerSums(heap, kernels);
  registerSegments(heap);
  registerBoxes(heap, kernels);
  registerViews(heap, backend);
}
