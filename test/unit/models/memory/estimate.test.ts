import { describe, expect, it } from 'vitest';
import { inferenceBatchSize } from '../../../../src/models/memory/inference';
import { createModel } from '../../../../src/models/model';

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
