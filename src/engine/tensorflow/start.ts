/** The native engine: TensorFlow's C++ library through tfjs-node's addon. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import '../gradients';
import type { Launched } from '../declaration';
import { loadAddon, threadsGiven } from './addon';
import { registerDepthwiseFilterGradient } from './depthwise';
import { useProgramRunner } from '../programs';
import { BACKEND_NAME, registerOwnKernels } from './kernels';
import { nativeBackend } from './graph';
import { createGraphRunner } from './programs';

/** tfjs-node registers its kernels under the backend's name, which is therefore not ours to choose. */
import '@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js';

/**
 * Makes TensorFlow compute this process's operations.
 *
 * @throws WorkError when it is not installed, damaged, or cannot be loaded
 */
export async function startTensorflow(): Promise<Launched> {
  const { addon, native } = await loadAddon();
  tf.registerBackend(BACKEND_NAME, () => new NodeJSKernelBackend(addon, packageName(native.manifest.variant)), 3);
  registerOwnKernels(addon);
  registerDepthwiseFilterGradient();
  await tf.setBackend(BACKEND_NAME);
  await tf.ready();
  useProgramRunner(createGraphRunner(nativeBackend(tf.backend() as NodeJSKernelBackend)));
  const device = addon.isUsingGpuDevice() ? await graphicsCard() : 'CPU';
  const threads = device === 'CPU' ? threadsGiven() : undefined;
  return { version: `TensorFlow ${addon.TF_Version}`, device, ...(threads !== undefined && { threads }) };
}

/** What tfjs-node tells a build for graphics cards from another by. */
function packageName(variant: 'cpu' | 'gpu'): string {
  return variant === 'gpu' ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node';
}

/** The first card's name, as its driver's own tool gives it. */
async function graphicsCard(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], {
      timeout: 5000,
    });
    return stdout.split('\n')[0]?.trim() || 'GPU';
  } catch {
    return 'GPU';
  }
}
