import { describe, expect, it } from 'vitest';
import { WorkError } from '../../../src/common/errors';
import { trainingBytes } from '../../../src/models/memory/estimate';
import { planMicroBatch, tightMemoryText } from '../../../src/training/microBatch';
import { createModel } from '../../../src/models/model';

const resnet = createModel('resnet20', 32, 10);
/** Its last feature maps are single positions. */
const efficientnet = createModel('efficientnet_b0', 32, 10);

const bytesOf = (images: number, model = resnet): number => trainingBytes('wasm', model, images);

/** A plan with as much free as so many images take, four fifths of which a training may plan with. */
function plan(
  images: number,
  training: { batchSize: number; microBatchSize?: number },
  model = resnet,
  count = 50_000,
) {
  const free = { bytes: (bytesOf(images, model) + 1) / 0.8, words: 'are free' };
  return { engine: 'wasm' as const, model, free, training, count };
}

describe('the parts that a batch is computed in', () => {
  it('are none where the whole batch fits, by a byte', () => {
    expect(planMicroBatch(plan(128, { batchSize: 128 }))).toBeUndefined();
    expect(planMicroBatch(plan(127, { batchSize: 128 }))?.size).toBe(64);
  });

  it.each([
    [64, 64],
    [63, 43],
    [43, 43],
    [42, 32],
    [3, 3],
    [2, 2],
    [1, 1],
  ])('where %i images fit are as few as can be: of %i', (images, size) => {
    expect(planMicroBatch(plan(images, { batchSize: 128 }))?.size).toBe(size);
  });

  it('are kept with what led to them', () => {
    const asked = plan(40, { batchSize: 128 });
    expect(planMicroBatch(asked)).toEqual({
      size: 32,
      of: 128,
      reason: 'memory',
      neededBytes: bytesOf(128),
      freeBytes: asked.free.bytes,
      freeWords: 'are free',
    });
  });

  it('are of the images that there are', () => {
    expect(planMicroBatch(plan(40, { batchSize: 128 }, resnet, 40))).toBeUndefined();
    expect(planMicroBatch(plan(40, { batchSize: 128 }, resnet, 50))).toMatchObject({ size: 25, of: 50 });
  });

  it('are refused where not even the smallest fit, with what is needed and what to do', () => {
    const wanted = { ...plan(0, { batchSize: 64 }), free: { bytes: 30e6, words: 'are free' } };
    // Of one image batch norm would have no variance where a map is a single position.
    expect(() => planMicroBatch({ ...wanted, model: efficientnet })).toThrow(/ for 2 of a batch's images /);
    expect(() => planMicroBatch(wanted)).toThrow(WorkError);
    expect(() => planMicroBatch(wanted)).toThrow(
      /^too little memory for this training: found 30 MB are free, expected about \d+ MB for 1 of a batch's images at a time\. Give it more memory/,
    );
  });

  it('are the study’s where it names them, whatever fits', () => {
    const pinned = plan(1, { batchSize: 128, microBatchSize: 50 });
    expect(planMicroBatch(pinned)).toMatchObject({ size: 43, of: 128, reason: 'study' });
    expect(planMicroBatch(plan(1, { batchSize: 128, microBatchSize: 128 }))).toBeUndefined();
    expect(planMicroBatch(plan(128, { batchSize: 128, microBatchSize: 1 }))?.size).toBe(1);
  });

  it('are warned of where they are settled and do not fit', () => {
    const small = plan(16, { batchSize: 64 });
    const parts = planMicroBatch(small);
    expect(tightMemoryText(small, parts)).toBeUndefined();
    expect(tightMemoryText(small, undefined)).toMatch(
      /^Little memory: 64 images at a time take about \d+ MB, and \d+ MB are free\./,
    );
    expect(tightMemoryText({ ...small, free: { bytes: Infinity, words: '' } }, undefined)).toBeUndefined();
  });
});
