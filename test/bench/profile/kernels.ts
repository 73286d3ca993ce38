/** Where the time of an engine goes that computes operation by operation: each of its kernels is timed. */
import * as tf from '@tensorflow/tfjs-core';
import { prepare } from '../computing';
import type { Request } from '../protocol';
import type { Profile } from './profile';
import { repeat } from './repeat';

/** Operations return when they are done, on the CPU of both engines: their time is what the kernel takes. */
export function profileKernels(request: Omit<Request, 'steps'>): Profile {
  const step = prepare(request);
  repeat(step);
  const times = timeKernels();
  const { steps, milliseconds } = repeat(step);
  const ofImage = (value: number): number => value / steps / request.batchSize;
  const parts = [...times].map(([name, value]) => ({ name, milliseconds: ofImage(value) }));
  return { milliseconds: ofImage(milliseconds), parts };
}

/** Has every kernel of the engine note its time from now on, without that of the kernels that it calls. */
function timeKernels(): Map<string, number> {
  const times = new Map<string, number>();
  /** Of those that are running, what the ones inside them have taken. */
  const inside: number[] = [];
  for (const kernel of tf.getKernelsForBackend(tf.getBackend())) {
    const { kernelName, backendName } = kernel;
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...kernel,
      kernelFunc(call) {
        inside.push(0);
        const begin = performance.now();
        try {
          return kernel.kernelFunc(call);
        } finally {
          const taken = performance.now() - begin;
          times.set(kernelName, (times.get(kernelName) ?? 0) + taken - (inside.pop() as number));
          if (inside.length > 0) inside.push((inside.pop() as number) + taken);
        }
      },
    });
  }
  return times;
}
