import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { createModel } from '../../../src/models/model';
import { checkBatchSize, cutIntoBatches, cutIntoMicroBatches } from '../../../src/training/batches';
import { stepsPerEpoch } from '../../../src/training/epoch';

const cut = (count: number, size: number): number[][] =>
  cutIntoBatches(
    Uint32Array.from({ length: count }, (_, i) => i),
    size,
  ).map((batch) => [...batch]);

describe('batches of an epoch', () => {
  it('hold the order as it is, without what is left over', () => {
    const two = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    expect(cut(6, 3)).toEqual(two);
    expect(cut(8, 3)).toEqual(two);
    expect(cut(3, 1)).toEqual([[0], [1], [2]]);
  });

  it('are one where there are fewer images than a batch holds', () => {
    expect(cut(2, 3)).toEqual([[0, 1]]);
    expect(cut(0, 3)).toEqual([]);
  });

  it('are counted', () => {
    expect([stepsPerEpoch(8068, 128), stepsPerEpoch(100, 128), stepsPerEpoch(256, 128)]).toEqual([63, 1, 2]);
  });

  it('of one image are refused where a feature map is one position', () => {
    const small = createModel('efficientnet_b0', 32, 10);
    expect(() => {
      checkBatchSize(small, 100, { batchSize: 1 });
    }).toThrow(InputError);
    expect(() => {
      checkBatchSize(small, 1, { batchSize: 64 });
    }).toThrow(/^dataset\.trainLimit: .*at blocks\.5\.0 one position/);
    checkBatchSize(small, 2, { batchSize: 2 });
    checkBatchSize(small, 100, { batchSize: 64, microBatchSize: 2 });
    expect(() => {
      checkBatchSize(small, 100, { batchSize: 5, microBatchSize: 2 });
    }).toThrow(/^training\.microBatchSize: .*found parts of one image/);
    checkBatchSize(createModel('efficientnet_b0', 64, 10), 100, { batchSize: 1 });
    checkBatchSize(createModel('resnet20', 32, 10), 1, { batchSize: 1 });
  });

  it('are cut into as few parts as fit, as alike as can be', () => {
    const parts = (count: number, size: number): number[][] =>
      cutIntoMicroBatches(
        Uint32Array.from({ length: count }, (_, i) => i),
        size,
      ).map((part) => [...part]);
    expect(parts(4, 4)).toEqual([[0, 1, 2, 3]]);
    expect(parts(4, 100)).toEqual([[0, 1, 2, 3]]);
    expect(parts(4, 2)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(parts(9, 4)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ]);
    expect(parts(8, 3)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
    ]);
    for (const count of [17, 31, 64, 100]) {
      for (const size of [1, 2, 3, 7, 24, 33]) {
        const cut = parts(count, size);
        const lengths = cut.map(({ length }) => length);
        expect(cut.flat()).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(cut).toHaveLength(Math.ceil(count / size));
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(2);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(size);
      }
    }
  });
});
