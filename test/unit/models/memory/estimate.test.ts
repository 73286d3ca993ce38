import { describe, expect, it } from 'vitest';
import { inferenceBatchSize } from '../../../../src/models/memory/inference';
import { createModel } from '../../../../src/models/model';

describe('the estimate', () => {
  // Measured as the cases of `FACTORS` were: MB, beyond what the process had before.
  it.each([
    ['tensorflow', 'efficientnet_b0', 32, 128, 1137],
    ['tensorflow', 'efficientnet_b0', 224, 8, 2867],
    ['tensorflow', 'resnet18_cifar', 32, 64, 1545],
    ['tensorflow', 'resnet20', 32, 512, 3165],
    ['wasm', 'efficientnet_b0', 32, 128, 737],
    ['wasm', 'efficientnet_b0', 224, 8, 1802],
    ['wasm', 'resnet18_cifar', 32, 8, 654],
    ['wasm', 'resnet20', 32, 512, 2904],
  ] as const)(
    'on %s of %s at %i with %i images is near what was measured',
    (engine, architecture, size, images, measured) => {
      const megabytes = trainingBytes(engine, createModel(architecture, size, 10), images) / 1e6;
      expect(megabytes / measured).toBeGreaterThan(0.86);
      expect(megabytes / measured).toBeLessThan(1.1);
    },
  );
});

describe('images looked at together', () => {
  const sizes = (bytes: number) =>
    [
      createModel('resnet20', 32, 10),
      createModel('efficientnet_b0', 32, 10),
      createModel('resnet18_cifar', 32, 10),
      createModel('efficientnet_b0', 224, 10),
    ].map((model) => inferenceBatchSize(model, bytes));

  it('have about as many pixels at every size, as far as a gigabyte goes', () => {
    expect(sizes(Infinity)).toEqual([256, 256, 64, 8]);
    expect([64, 96, 512].map((size) => inferenceBatchSize(createModel('resnet20', size, 10), Infinity))).toEqual([
      64, 28, 1,
    ]);
  });

  it('are fewer where little is free, and never none', () => {
    expect(sizes(1e9)).toEqual([128, 128, 32, 4]);
    expect(sizes(0)).toEqual([16, 16, 4, 1]);
    expect(inferenceBatchSize(createModel('efficientnet_b0', 512, 10), 0)).toBe(1);
  });
});
