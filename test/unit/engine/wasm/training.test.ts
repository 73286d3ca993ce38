import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from '../../../../src/engine/wasm/start';
import { createModel } from '../../../../src/models/model';
import { initialWeights } from '../../../../src/models/weights';
import { createTrainer } from '../../../../src/training/trainer';
import { values } from './reference';

const HYPERPARAMETERS = { learningRate: 0.01, momentum: 0.9, weightDecay: 5e-4 };
const ARCHITECTURES = ['efficientnet_b0', 'resnet18', 'resnet18_cifar', 'resnet20'] as const;

interface Usage {
  readonly tensors: number;
  readonly heapBytes: number;
}

beforeAll(startWasm);

describe('training on the embedded engine', () => {
  it.each(ARCHITECTURES)('%s: the number of tensors stays as it is', (architecture) => {
    const { usages } = train(architecture, 4);
    expect(new Set(usages.map(({ tensors }) => tensors)).size).toBe(1);
  });

  it.each(['efficientnet_b0', 'resnet20'] as const)('%s: the heap stays as it is over 20 steps', (architecture) => {
    // It finds its size in the first steps, later where another model has left it in pieces.
    train(architecture, 10);
    const { usages } = train(architecture, 20);
    expect(new Set(usages.map(({ heapBytes }) => heapBytes)).size).toBe(1);
  });

  it.each(ARCHITECTURES)('%s: the same steps twice give the same bits', (architecture) => {
    const first = train(architecture, 3);
    const second = train(architecture, 3);
    expect(second.losses).toEqual(first.losses);
    expect(Buffer.compare(bytes(second.parameters), bytes(first.parameters))).toBe(0);
  });
});

function train(architecture: (typeof ARCHITECTURES)[number], steps: number) {
  const model = createModel(architecture, 32, 10);
  const trainer = createTrainer(model, initialWeights(model, 1));
  const images = tf.tensor4d(values('images', 4, 32, 32, 3).data, [4, 32, 32, 3]);
  const labels = tf.tensor1d([1, 2, 3, 4], 'int32');
  const losses: number[] = [];
  const usages: Usage[] = [];
  for (let i = 0; i < steps; i++) {
    losses.push(trainer.step({ images, labels }, HYPERPARAMETERS).loss);
    usages.push({ tensors: tf.memory().numTensors, heapBytes: heapBytes() });
  }
  const { parameters } = trainer.read().weights;
  trainer.dispose();
  tf.dispose([images, labels]);
  return { losses, usages, parameters };
}

function heapBytes(): number {
  const { wasm } = tf.backend() as BackendWasm;
  return (wasm as unknown as { HEAPU8: Uint8Array }).HEAPU8.length;
}

function bytes({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
