/** What is counted is held against what TensorFlow.js says it holds. */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ArchitectureName } from '../../../../src/architectures';
import { startWasm } from '../../../../src/engine/wasm/start';
import { countFloats } from '../../../../src/models/memory/count';
import { disposeWeights, infer, loadWeights } from '../../../../src/models/forward';
import { createModel } from '../../../../src/models/model';
import { initialWeights } from '../../../../src/models/weights';
import { PLAIN } from '../../../../src/training/recipe';
import { differentiate } from '../../../../src/training/step';

beforeAll(startWasm);

/** Between them: every kind of layer. */
const CASES: readonly [ArchitectureName, number][] = [
  ['efficientnet_b0', 32],
  ['resnet18', 32],
  ['resnet20', 32],
];

/** What TensorFlow.js allocates in its heap by, and frees. */
interface Allocator {
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

/** The most bytes of tensors that there are at once while the work is done, beyond what was there before. */
function mostBytes(work: () => tf.TensorContainer): number {
  const module = (tf.backend() as BackendWasm).wasm as unknown as Allocator;
  const { _malloc: allocate, _free: free } = module;
  const sizes = new Map<number, number>();
  let [held, most] = [0, 0];
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    sizes.set(address, bytes);
    held += bytes;
    most = Math.max(most, held);
    return address;
  };
  module._free = (address) => {
    held -= sizes.get(address) ?? 0;
    sizes.delete(address);
    free(address);
  };
  try {
    tf.dispose(tf.tidy(work));
  } finally {
    Object.assign(module, { _malloc: allocate, _free: free });
  }
  return most;
}

/** By how many floats that grows with an image. */
function floatsEach(work: (images: tf.Tensor4D) => tf.TensorContainer, size: number): number {
  const bytesWith = (count: number): number => mostBytes(() => work(tf.ones([count, size, size, 3])));
  // The first also makes room for the kernels' intermediate values, which stays.
  bytesWith(5);
  return (bytesWith(5) - bytesWith(4)) / 4;
}

describe.each(CASES)('%s at %i', (architecture, size) => {
  const model = createModel(architecture, size, 10);
  const weights = initialWeights(model, 1);
  const { maps } = countFloats(model.build, size, model.classes);

  it('holds every feature map of an image in inference', () => {
    const loaded = loadWeights(weights);
    expect(floatsEach((images) => infer(model, loaded, images), size)).toBe(maps);
    disposeWeights(loaded);
  });

  it('holds their gradients too in training', () => {
    const loaded = loadWeights(weights);
    const held = floatsEach((images) => {
      const labels = tf.zeros<tf.Rank.R1>([images.shape[0]], 'int32');
      return { ...differentiate(model, loaded, { images, labels }, PLAIN) };
    }, size);
    // As many again, and one more where gradients meet: see the estimate's factor.
    expect(held / maps).toBeGreaterThan(1.95);
    expect(held / maps).toBeLessThan(2.1);
    disposeWeights(loaded);
  });
});
